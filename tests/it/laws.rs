//! The laws of the design as properties: whatever the book, the edits, the machine.

mod any_bytes;
#[cfg(target_os = "linux")]
mod doubling;
mod kept;
mod only_ours;
mod pathological;
mod refreshed;
mod same_bytes;
mod warm;

use proptest::test_runner::Config;

/// So many cases; what failed once is written nowhere, since a failure becomes an example of its own.
fn cases(number: u32) -> Config {
    Config { cases: number, failure_persistence: None, max_shrink_iters: 200, ..Config::default() }
}
