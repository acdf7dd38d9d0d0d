//! `precedent completions`, `precedent schema` and `precedent man`

use std::fs;

use clap_complete::CompleteEnv;
use clap_complete::env::Shells;

use super::args::{Completions, Man, Schema, SchemaOf, command};
use super::{Error, Outcome, terminal};
use crate::schema;

/// The variable with which a shell asks for completions, so that it gets them for what is in the book.
pub(super) const ASKS: &str = "PRECEDENT_COMPLETE";

/// Answers a shell that asks for completions, and ends the program.
pub(super) fn complete() {
    CompleteEnv::with_factory(command).var(ASKS).complete();
}

pub(super) fn completions(args: &Completions) -> Result<Outcome, Error> {
    let shells = Shells::builtins();
    let shell = shells.completer(&args.shell.to_string()).expect("every shell that can be named is one of them");
    let mut script = Vec::new();
    let written = shell.write_registration(ASKS, "precedent", "precedent", "precedent", &mut script);
    written.expect("a vector takes every byte");
    terminal::print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}

pub(super) fn schema(args: &Schema) -> Result<Outcome, Error> {
    terminal::print(&match args.of {
        SchemaOf::Book => schema::book(),
        SchemaOf::FrontMatter => schema::front_matter(),
    })?;
    Ok(Outcome::Clean)
}

pub(super) fn man(args: &Man) -> Result<Outcome, Error> {
    let error = |source| Error::Man { path: args.dir.clone(), source };
    fs::create_dir_all(&args.dir).map_err(error)?;
    clap_mangen::generate_to(command(), &args.dir).map_err(error)?;
    Ok(Outcome::Clean)
}
