//! The `precedent` command.

use std::process::ExitCode;

/// A fifth of a build was the system's allocator, which many threads wait for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    precedent::cli::run()
}
