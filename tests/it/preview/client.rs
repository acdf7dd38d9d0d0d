//! A preview in a process of its own, and a client that sends exactly what it is told.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::program::{Folder, precedent, wait_for};

/// How long anything may take.
pub const DEADLINE: Duration = Duration::from_secs(15);

/// A preview that ends with the test.
pub struct Server {
    pub folder: Folder,
    pub port: u16,
    process: Child,
}

/// An answer, its headers in lower case.
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status =
            lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok()).unwrap_or(0);
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        Self { status, headers, body: body.to_owned() }
    }
}

impl Server {
    pub fn start(book: &str) -> Self {
        Self::of(Folder::with(book), &[])
    }

    /// Serves a folder, and waits until the address is printed.
    pub fn of(folder: Folder, arguments: &[&str]) -> Self {
        let mut command = precedent(&folder.path(""));
        let mut process = command
            .args(["serve", "--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let first = lines.next().expect("the address is printed first").unwrap();
        let port = first.rsplit_once(':').and_then(|(_, rest)| rest.trim_end_matches('/').parse().ok());
        // What it says later must be read, or it would stand still once the pipe is full.
        std::thread::spawn(move || lines.for_each(drop));
        Self { folder, port: port.unwrap_or_else(|| panic!("no port in {first:?}")), process }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        stream
    }

    /// Sends a request as it is and reads to the end, which the request asks for or a fault brings.
    pub fn ask(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::read(&bytes)
    }

    /// Sends anything, and nothing more; an answer that does not come has the status 0.
    pub fn throw(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        let mut bytes = Vec::new();
        // The server may answer and close before everything is sent.
        let _ = stream.write_all(request.as_bytes());
        let _ = stream.shutdown(Shutdown::Write);
        let _ = stream.read_to_end(&mut bytes);
        Answer::read(&bytes)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, "Accept: */*")
    }

    pub fn get_with(&self, path: &str, header: &str) -> Answer {
        let mut stream = self.connect();
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{header}\r\nConnection: close\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Answer::read(&bytes)
    }

    /// Asks again until something is true.
    pub fn until(&self, what: &str, is_true: impl Fn(&Self) -> bool) {
        wait_for(what, DEADLINE, || is_true(self));
    }

    /// Opens the stream of events, and waits until the first has come.
    pub fn events(&self) -> Events {
        let mut stream = self.connect();
        write!(stream, "GET /_precedent/events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port).unwrap();
        let mut events = Events(BufReader::new(stream));
        events.next();
        events
    }

    /// The findings as the preview tells them now.
    pub fn findings(&self) -> Vec<String> {
        let mut stream = self.connect();
        write!(stream, "GET /_precedent/events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port).unwrap();
        let first = Events(BufReader::new(stream)).next();
        let shown = |finding: &serde_json::Value| {
            format!("{}: {}", finding["code"].as_str().unwrap(), finding["message"].as_str().unwrap())
        };
        first["findings"].as_array().unwrap().iter().map(shown).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An open stream of events.
pub struct Events(BufReader<TcpStream>);

impl Events {
    /// Waits for the next event and returns what it says.
    pub fn next(&mut self) -> serde_json::Value {
        let begun = Instant::now();
        let mut line = String::new();
        while begun.elapsed() < DEADLINE {
            line.clear();
            assert_ne!(self.0.read_line(&mut line).expect("an event comes in time"), 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
        panic!("no event within {DEADLINE:?}");
    }

    /// Waits for an event that says that a file changed.
    pub fn until_changed(&mut self, path: &str) -> serde_json::Value {
        loop {
            let event = self.next();
            let changed = event["changed"].as_array();
            if changed.is_some_and(|changed| changed.iter().any(|changed| changed == path)) {
                return event;
            }
        }
    }
}
