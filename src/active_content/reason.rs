//! Why a file stays behind.

use std::fmt;

/// Why it is not certain that nothing in a file runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Active(String);

impl fmt::Display for Active {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Active {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}
