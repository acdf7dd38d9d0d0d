//! Everything that is tested through the doors that users of the library and of the command have.
//!
//! One binary, since tantivy and the grammars take long to link.

mod architecture;
mod command;
mod commonmark;
mod documents;
mod dom;
mod hostile;
mod laws;
mod memory;
mod preview;
mod program;
