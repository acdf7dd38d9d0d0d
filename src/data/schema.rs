//! Which values a reader takes: what it says of itself, for editors and for whoever checks a file before it is read.

/// The values that a reader takes for a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Schema {
    /// Any, since nobody reads it, or since it is somebody else's.
    Any,
    /// No value: a key without one.
    Null,
    /// A text.
    Text,
    /// A text, a number or a boolean.
    Scalar,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number between these two.
    Number(u32, u32),
    /// One of these texts.
    Choice(Vec<String>),
    /// A list.
    List(Box<Schema>),
    /// What one of these takes.
    Either(Vec<Schema>),
    /// A table of these keys, and what all others take where there may be some.
    Table(Vec<Key>, Option<Box<Schema>>),
}

/// A key of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub schema: Schema,
    /// What comes of it.
    pub used: Use,
}

/// What comes of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It is read.
    Read,
    /// It is known, and has no effect.
    Ignored,
    /// It was known, and is a finding now.
    Obsolete,
}

impl Schema {
    /// Returns what takes lists of this.
    pub fn list(self) -> Self {
        Self::List(Box::new(self))
    }

    /// Returns what says how much something counts: see [`Value::hundredths`](super::Value::hundredths).
    pub fn weight() -> Self {
        Self::Either(vec![Self::Boolean, Self::Number(0, 10), Self::Table(Vec::new(), Some(Box::new(Self::Any)))])
    }

    /// Returns what takes one of this, or a list.
    pub fn one_or_list(self) -> Self {
        Self::Either(vec![self.clone(), self.list()])
    }
}
