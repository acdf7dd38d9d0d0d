//! How long the preview lets people wait.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::Result;
use super::process::PROGRAM;

/// Returns after how many seconds the first page is there, and how many a saved page takes until it is served.
pub fn times(root: &Path, cache: &Path, page: &Path) -> Result<(f64, f64)> {
    let begun = Instant::now();
    let mut server = Command::new(PROGRAM)
        .args(["serve", "--port", "0"])
        .current_dir(root)
        .env("PRECEDENT_CACHE_DIR", cache)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(server.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).ok_or("no address")?.to_owned();
    let times = || {
        get(&address, "/")?;
        Ok((begun.elapsed().as_secs_f64(), saves(&address, root, page)?))
    };
    let times = times();
    server.kill()?;
    server.wait()?;
    times
}

/// Saves a page several times; returns the median of the seconds until it is served.
fn saves(address: &str, root: &Path, page: &Path) -> Result<f64> {
    let text = fs::read_to_string(page)?;
    let below = page.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
    let below = below.strip_prefix("docs/").or_else(|| below.strip_prefix("src/")).unwrap_or(&below);
    let url = format!("/{}", below.replace(".md", ".html"));
    let mut seconds = Vec::new();
    for number in 0..15 {
        let mark = format!("saved-{number}-saved");
        let begun = Instant::now();
        fs::write(page, format!("{text}\n\n{mark}\n"))?;
        while !get(address, &url)?.contains(&mark) {
            if begun.elapsed() > Duration::from_secs(20) {
                return Err("the change was never served".into());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        seconds.push(begun.elapsed().as_secs_f64());
        std::thread::sleep(Duration::from_millis(300)); // the index follows
    }
    fs::write(page, text)?;
    seconds.sort_by(f64::total_cmp);
    Ok(seconds[seconds.len() / 2])
}

fn get(address: &str, url: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET {url} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
