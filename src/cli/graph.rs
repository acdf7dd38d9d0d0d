//! `precedent graph`

use std::collections::BTreeSet;

use super::args::{Drawing, Graph as Args};
use super::{Error, Outcome, terminal};
use crate::disk::{Book, Environment, Pages};
use crate::graph;
use crate::log::{self, Filter, Row};

pub(super) fn run(args: &Args, environment: &Environment) -> Result<Outcome, Error> {
    let mut book = Book::open(&args.dir, environment)?;
    let survey = book.survey(Pages::All)?;
    let rows = log::rows(&survey.site);
    check_scopes(&args.scope, &rows)?;
    let filter = Filter { scopes: args.scope.clone(), ..Filter::default() };
    let mut rows = rows;
    rows.retain(|row| filter.admits(row));
    let graph = log::graph(&survey.site, &rows, |row| Some(row.url.clone()));
    let drawn = match args.format {
        Drawing::Svg => graph::standalone_svg(&graph, &survey.title),
        Drawing::Dot => graph::dot(&graph),
        Drawing::Mermaid => graph::mermaid(&graph),
    };
    terminal::print(&drawn)?;
    Ok(Outcome::Clean)
}

/// Refuses a scope that no record has and that is above none.
pub(super) fn check_scopes(wanted: &[String], rows: &[Row]) -> Result<(), Error> {
    let missing = wanted.iter().find(|scope| {
        let filter = Filter { scopes: vec![(*scope).clone()], ..Filter::default() };
        !rows.iter().any(|row| filter.admits(row))
    });
    let Some(scope) = missing else { return Ok(()) };
    let scopes: BTreeSet<&str> = rows.iter().map(|row| row.scope.as_str()).filter(|scope| !scope.is_empty()).collect();
    Err(Error::NoScope { scope: scope.clone(), scopes: scopes.into_iter().map(str::to_owned).collect() })
}
