//! The `precedent` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    precedent::cli::run()
}
