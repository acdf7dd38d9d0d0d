//! The command line: arguments, the terminal, the environment and the clock meet the library here.
//!
//! Exit codes: 0 clean; 1 findings at `deny`, or a search without a result; 2 the work could not be done.

mod announce;
mod args;
mod book;
mod build;
mod changes;
mod check;
mod ci;
mod complete;
mod decision;
mod environment;
mod error;
mod explain;
mod generate;
mod governs;
mod graph;
mod hosting;
mod init;
mod list;
mod new;
mod report;
mod search;
mod serve;
mod show;
mod terminal;

use std::process::ExitCode;

use clap::FromArgMatches;

pub use args::command;
use args::{Arguments, Command};
use error::Error;

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Clean,
    Denied,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    generate::complete();
    let arguments = Arguments::from_arg_matches(&command().get_matches()).expect("the definition was matched");
    let environment = environment::read(arguments.cache_dir);
    let outcome = match arguments.command {
        Command::Init(init) => init::run(&init, &environment),
        Command::Ci(args) => ci::run(&args),
        Command::Build(build) => build::run(&build, &environment),
        Command::Serve(serve) => serve::run(&serve, &environment),
        Command::Search(search) => search::run(&search, &environment),
        Command::List(list) => list::run(&list, &environment),
        Command::Show(show) => show::run(&show, &environment),
        Command::Governs(governs) => governs::run(&governs, &environment),
        Command::Graph(graph) => graph::run(&graph, &environment),
        Command::Announce(announce) => announce::run(&announce, &environment),
        Command::Changes(args) => changes::run(&args, &environment),
        Command::Check(check) => check::run(&check, &environment),
        Command::Explain(explain) => explain::run(&explain),
        Command::New(new) => new::run(&new, &environment),
        Command::Decision(decision) => decision::run(&decision, &environment),
        Command::Clean(clean) => book::clean(&clean, &environment),
        Command::Schema(schema) => generate::schema(&schema),
        Command::Completions(completions) => generate::completions(&completions),
        Command::Man(man) => generate::man(&man),
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Denied) => ExitCode::from(1),
        Err(error) => {
            report::error(&error);
            ExitCode::from(2)
        }
    }
}
