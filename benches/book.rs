//! Measures the program as its users meet it, as whole processes on generated knowledge bases.
//!
//! `cargo bench --bench book` prints a table for 1,000 and 10,000 pages; `cargo bench --bench book -- 500` for 500.
//! Each figure is a median of several runs. Pages have some 5.5 kB: front matter, headings, links, a table, code.

#![expect(clippy::disallowed_methods, reason = "a measurement works with files, as users do")]

mod generator;

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const PROGRAM: &str = env!("CARGO_BIN_EXE_precedent");

fn main() -> Result<()> {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1000, 10_000] } else { sizes };
    println!(
        "| pages | Markdown | clean build | peak memory | no-change build | change to served page | search, no index | search, index there |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|");
    for pages in sizes {
        println!("{}", measure(pages)?);
    }
    Ok(())
}

fn measure(pages: usize) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    let bytes = generator::write(root, pages)?;
    let runs = if pages > 2000 { 3 } else { 5 };
    let mut peak = 0;
    let clean = median(runs, || {
        let _ = fs::remove_dir_all(root.join("site"));
        let (time, memory) = run(&["build", "-q"], root)?;
        peak = peak.max(memory);
        Ok(time)
    })?;
    let same = median(runs, || Ok(run(&["build", "-q"], root)?.0))?;
    let change = changes(root, 15)?;
    let cold = median(3, || {
        let _ = fs::remove_dir_all(root.join(".precedent"));
        Ok(run(&["search", "retry budget"], root)?.0)
    })?;
    // The stamp of a book is trusted once its files have been quiet for two seconds.
    std::thread::sleep(Duration::from_millis(2500));
    run(&["search", "retry budget"], root)?;
    let warm = median(10, || Ok(run(&["search", "retry budget"], root)?.0))?;
    let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
    let milliseconds = |time: Duration| format!("{:.0} ms", time.as_secs_f64() * 1000.0);
    Ok(format!(
        "| {pages} | {:.1} MB | {} | {} MB | {} | {} | {} | {} |",
        bytes as f64 / 1e6,
        seconds(clean),
        peak / 1024,
        seconds(same),
        milliseconds(change),
        seconds(cold),
        milliseconds(warm)
    ))
}

fn median(runs: usize, mut once: impl FnMut() -> Result<Duration>) -> Result<Duration> {
    let mut times = (0..runs).map(|_| once()).collect::<Result<Vec<_>>>()?;
    times.sort();
    Ok(times[times.len() / 2])
}

/// Runs the program; returns its time, and its peak memory in kB where the system shows it.
fn run(arguments: &[&str], root: &Path) -> Result<(Duration, u64)> {
    let begun = Instant::now();
    let mut child =
        Command::new(PROGRAM).args(arguments).current_dir(root).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut peak = 0;
    while child.try_wait()?.is_none() {
        peak = peak_memory(&child).unwrap_or(0).max(peak);
        std::thread::sleep(Duration::from_micros(500));
    }
    Ok((begun.elapsed(), peak))
}

fn peak_memory(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Times how long a saved file takes until the preview serves it.
fn changes(root: &Path, times: usize) -> Result<Duration> {
    let mut server = Command::new(PROGRAM)
        .args(["serve", "--port", "0"])
        .current_dir(root)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(server.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).ok_or("no address")?.to_owned();
    let page = generator::page_path(0);
    let url = format!("/{}", page.trim_start_matches("docs/").replace(".md", ".html"));
    let text = fs::read_to_string(root.join(&page))?;
    let mut number = 0;
    let result = median(times, || {
        number += 1;
        let mark = format!("mark-{number}-mark");
        let begun = Instant::now();
        fs::write(root.join(&page), format!("{text}\n\n{mark}\n"))?;
        while !get(&address, &url)?.contains(&mark) {
            if begun.elapsed() > Duration::from_secs(20) {
                return Err("the change was never served".into());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        let time = begun.elapsed();
        std::thread::sleep(Duration::from_millis(300)); // the index follows
        Ok(time)
    });
    server.kill()?;
    server.wait()?;
    result
}

fn get(address: &str, url: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET {url} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
