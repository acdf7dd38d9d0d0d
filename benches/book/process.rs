//! What a process costs from its start to its end.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Result;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_precedent");

/// What a process cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Seconds of the processor, for the program and for the system.
    pub processor: f64,
    /// Seconds.
    pub wall: f64,
    /// The most memory at a time, in MiB.
    pub peak: f64,
}

/// Runs the program in a book, with a cache of its own.
pub fn command(root: &Path, cache: &Path, arguments: &[&str]) -> Result<Cost> {
    cost(Command::new(PROGRAM).args(arguments).current_dir(root).env("PRECEDENT_CACHE_DIR", cache))
}

/// Runs a command to its end, and returns what it cost. The system tells that by `/proc`, in hundredths of a second.
pub fn cost(command: &mut Command) -> Result<Cost> {
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut peak = 0.0;
    let (processor, wall) = loop {
        peak = peak_memory(&child).unwrap_or(0.0).max(peak);
        let (is_over, spent) = times(&child).ok_or("the system does not tell what processes cost")?;
        if is_over {
            break (spent, begun.elapsed());
        }
        std::thread::sleep(Duration::from_micros(500));
    };
    child.wait()?;
    Ok(Cost { processor, wall: wall.as_secs_f64(), peak })
}

/// Returns whether a process is over, though nobody has asked for its end yet, and what it spent.
fn times(child: &Child) -> Option<(bool, f64)> {
    let text = fs::read_to_string(format!("/proc/{}/stat", child.id())).ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((*fields.first()? == "Z", (ticks(11)? + ticks(12)?) / 100.0))
}

fn peak_memory(child: &Child) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

/// Returns the median by time of the processor.
pub fn median(runs: usize, mut once: impl FnMut() -> Result<Cost>) -> Result<Cost> {
    let mut costs = (0..runs).map(|_| once()).collect::<Result<Vec<_>>>()?;
    costs.sort_by(|one, other| one.processor.total_cmp(&other.processor));
    Ok(costs[costs.len() / 2])
}
