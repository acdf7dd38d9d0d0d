//! `precedent graph`

use super::args::{Drawing, Graph as Args};
use super::{Error, Outcome, terminal};
use crate::disk::{Book, Environment, Pages};
use crate::graph;
use crate::log::{self, Filter};

pub(super) fn run(args: &Args, environment: &Environment) -> Result<Outcome, Error> {
    let mut book = Book::open(&args.dir, environment)?;
    let survey = book.survey(Pages::All)?;
    let filter = Filter { scopes: args.scope.clone(), ..Filter::default() };
    let mut rows = log::rows(&survey.site);
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
