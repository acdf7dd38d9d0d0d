//! Decision records: their texts come in, [`Record`]s come out, in whatever form they are written; and edits of them.
//!
//! Floors of its own, each using those before it: `words` (what statuses, verbs, keys and names mean), `shape` (how the
//! records of a folder are named), `record` (what a record is), `reading` (text to record), `collection` (which files are
//! records, and their shape), `edit` (a change of a text). Every value keeps where it came from. Nothing is invented: what
//! the text does not give is absent.

mod collection;
pub mod edit;
mod reading;
mod record;
mod shape;
mod words;

pub use collection::{Candidate, Claim, Collections, Partly, learn};
pub use reading::input::Input;
pub use reading::traits::Traits;
pub use reading::{read, read_guideline};
pub use record::{Fault, Origin, Place, Record, Reference, Relation, Stated};
pub use shape::Shape;
pub use words::day::{DateOrder, WrittenDate};
pub use words::dialect::Dialect;
pub use words::field::schema_of_key;
pub use words::name::{
    collection_of, date_of_name, is_companion, is_fixture, is_template_folder, is_unfilled, number_of_name, slug_of,
};
pub use words::state::State;
pub use words::status::Status;
pub use words::verb::{Direction, Verb, verb_of_word};

#[cfg(test)]
mod tests;
