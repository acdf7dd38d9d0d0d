//! The vocabulary of records: what the words of statuses, verbs, keys, headings, names, days and people mean.
//!
//! Each file knows words and no record; whoever wants to add a word finds the one place here.

pub(in crate::decision) mod beginnings;
pub(in crate::decision) mod day;
pub(in crate::decision) mod dialect;
pub(in crate::decision) mod field;
mod fillers;
pub(in crate::decision) mod link;
pub(in crate::decision) mod name;
pub(in crate::decision) mod part;
pub(in crate::decision) mod people;
pub(in crate::decision) mod plain;
pub(in crate::decision) mod section;
pub(in crate::decision) mod state;
mod states;
pub(in crate::decision) mod status;
pub(in crate::decision) mod verb;
