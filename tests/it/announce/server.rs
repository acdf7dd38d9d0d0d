//! A server on this machine that answers each request as it is told, and keeps what it got.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// How the server answers.
pub enum Answer {
    /// With a status, further fields and a body.
    Status(u16, Vec<String>, String),
    /// Not at all: the connection is closed once the request is there.
    Closed,
    /// Not before the client has left.
    Slow,
    /// With something that is no HTTP.
    Nonsense,
}

impl Answer {
    pub fn ok() -> Self {
        Self::status(200, "ok")
    }

    pub fn status(status: u16, body: &str) -> Self {
        Self::Status(status, Vec::new(), body.to_owned())
    }

    /// Adds a field to the head.
    pub fn with(self, field: &str) -> Self {
        match self {
            Self::Status(status, fields, body) => Self::Status(status, [fields, vec![field.to_owned()]].concat(), body),
            answer => answer,
        }
    }
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    pub head: String,
    pub body: String,
}

pub struct Server {
    place: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens, and gives the answers in their order.
    pub fn new(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let place = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let is_over = Arc::new(AtomicBool::new(false));
        let (kept, over) = (requests.clone(), is_over.clone());
        let thread = std::thread::spawn(move || {
            let mut answers = answers.into_iter();
            for stream in listener.incoming() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let mut stream = stream.unwrap();
                kept.lock().unwrap().push(read(&stream));
                answer(&mut stream, answers.next().unwrap_or(Answer::Closed));
            }
        });
        Self { place, requests, is_over, thread: Some(thread) }
    }

    /// An address of a webhook here, with a secret in its path and in its query.
    pub fn address(&self, secret: &str) -> String {
        format!("http://{}/hooks/{secret}?sig={secret}", self.place)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.place);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn read(stream: &TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap() > 0 {}
    let length = |line: &str| line.to_lowercase().strip_prefix("content-length:").map(|value| value.trim().to_owned());
    let length = head.lines().find_map(length).map_or(0, |value| value.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    Request { head, body: String::from_utf8(body).unwrap() }
}

fn answer(stream: &mut TcpStream, answer: Answer) {
    match answer {
        Answer::Status(status, fields, body) => {
            let fields: String = fields.iter().map(|field| format!("{field}\r\n")).collect();
            let length = if status == 204 { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
            let head = format!("HTTP/1.1 {status} Status\r\n{fields}{length}Connection: close\r\n\r\n");
            stream.write_all((head + &body).as_bytes()).unwrap();
        }
        Answer::Closed => {}
        Answer::Slow => {
            // It ends when the client has had enough.
            let _ = stream.read(&mut [0]);
        }
        Answer::Nonsense => stream.write_all(b"220 mail.example ESMTP\r\n\r\n").unwrap(),
    }
}
