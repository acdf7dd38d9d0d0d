//! Reads one record: its text comes in, a [`Record`] comes out, in whatever form it is written.
//!
//! Front matter, a `kep.yaml`, bullets, lines, tables and sections are read with one vocabulary (`words::field`), and what
//! they say is put together by `gather`, in that order of trust.

pub(in crate::decision) mod body;
pub(in crate::decision) mod detect;
pub(in crate::decision) mod front;
pub(in crate::decision) mod gather;
pub(in crate::decision) mod head;
pub(in crate::decision) mod input;
pub(in crate::decision) mod outline;
pub(in crate::decision) mod relation;
pub(in crate::decision) mod status;
pub(in crate::decision) mod title;
pub(in crate::decision) mod traits;

use std::sync::Arc;

use crate::data::{self, Table};
use crate::decision::reading::gather::Gathered;
use crate::decision::reading::input::Input;
use crate::decision::reading::outline::Outline;
use crate::decision::reading::relation::Mentions;
use crate::decision::record::{Origin, Place, Record, Stated};
use crate::decision::shape::Shape;
use crate::decision::words::day::WrittenDate;
use crate::decision::words::dialect::Dialect;
use crate::decision::words::name::date_of_name;
use crate::path::BookPath;

/// Reads a record. A text that says nothing of a decision gives one with a title only, made of the file's name.
pub fn read(input: &Input<'_>) -> Record {
    let outline = Outline::new(&input.text[input.start..], input.start);
    let dialect = input.dialect.unwrap_or_else(|| detect::dialect(input, &outline));
    let mentions = Mentions { definitions: outline.definitions.clone(), shape: input.shape.clone() };
    let mut gathered = Gathered::new(mentions);
    gathered.record.dialect = dialect;
    if let Some((path, text)) = input.metadata {
        let table = data::parse_yaml(text).unwrap_or_else(|_| data::by_lines(text));
        let frame = front::Frame { place: Place::MetadataFile, file: Some(path) };
        front::read(&table, &frame, Some(Dialect::Kep), &mut gathered);
    }
    front::read(
        input.front_matter,
        &front::Frame { place: Place::FrontMatter, file: None },
        Some(dialect),
        &mut gathered,
    );
    body::read(&outline, &mut gathered);
    let mut record = gathered.finish();
    record.shape = input.shape.clone();
    names(input, &outline, &mut record);
    record
}

/// Reads a guideline's own data, which only front matter holds.
pub fn read_guideline(path: &BookPath, front_matter: &Table, shape: Arc<Shape>) -> Record {
    let mut gathered = Gathered::default();
    gathered.record.dialect = Dialect::Typed;
    front::read(front_matter, &front::Frame { place: Place::FrontMatter, file: None }, None, &mut gathered);
    Record { slug: shape.slug_of(path), shape, ..gathered.finish() }
}

/// Fills in what names say: the number, the day, the title.
fn names(input: &Input<'_>, outline: &Outline<'_>, record: &mut Record) {
    let slug = input.shape.slug_of(input.path);
    let place = if slug == input.path.stem() { Place::FileName } else { Place::FolderName };
    let of_name = || Origin::of_name(place);
    let number = input.shape.number_of(&slug).map(|value| Stated { value, origin: of_name() });
    record.number = record.number.take().or(number);
    let day = date_of_name(&slug).map(|day| Stated { value: WrittenDate::Day(day), origin: of_name() });
    record.decided = record.decided.take().or(day);
    record.slug = slug;
    title::choose(outline, &of_name(), record);
}
