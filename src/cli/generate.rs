//! `precedent completions` and `precedent man`

use std::fs;

use super::args::{Completions, Man, command};
use super::{Error, Outcome, terminal};

pub(super) fn completions(args: &Completions) -> Result<Outcome, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "precedent", &mut script);
    terminal::print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}

pub(super) fn man(args: &Man) -> Result<Outcome, Error> {
    let error = |source| Error::Man { path: args.dir.clone(), source };
    fs::create_dir_all(&args.dir).map_err(error)?;
    clap_mangen::generate_to(command(), &args.dir).map_err(error)?;
    Ok(Outcome::Clean)
}
