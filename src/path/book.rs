//! A file or folder below the book's root.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A path relative to the book's root: `/` between names, no `.` or `..`, empty for the root itself.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookPath(Arc<str>);

/// Why a text is no path of a book.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` does not name a file inside the book")]
pub struct PathError(String);

impl BookPath {
    /// Returns the root of the book, the empty path.
    pub fn root() -> Self {
        Self(Arc::from(""))
    }

    /// Checks that the text is a relative path that stays inside, and normalises it.
    ///
    /// `./a//b/../c` becomes `a/c`. Fails for an absolute path, one that leaves the root, and a NUL.
    pub fn new(text: &str) -> Result<Self, PathError> {
        // What a walk finds is normal already, and there may be many.
        let is_normal = !text.contains('\0') && text.split('/').all(|name| !matches!(name, "" | "." | ".."));
        if is_normal { Ok(Self(text.into())) } else { Self::root().join(text) }
    }

    /// Resolves a relative path against this folder.
    ///
    /// # Errors
    /// When the text is absolute, leaves the root, or holds a NUL.
    pub fn join(&self, relative: &str) -> Result<Self, PathError> {
        let error = || PathError(relative.to_owned());
        if relative.starts_with('/') || relative.contains('\0') {
            return Err(error());
        }
        let mut names: Vec<&str> = self.names().collect();
        for name in relative.split('/') {
            match name {
                "" | "." => {}
                ".." => {
                    names.pop().ok_or_else(error)?;
                }
                name => names.push(name),
            }
        }
        Ok(Self(names.join("/").into()))
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the names on the way from the root.
    pub fn names(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/').filter(|name| !name.is_empty())
    }

    /// Returns the last name, empty for the root.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// Returns the last name without its extension.
    pub fn stem(&self) -> &str {
        let name = self.name();
        match name.rfind('.') {
            Some(dot) if dot > 0 => &name[..dot],
            _ => name,
        }
    }

    /// Returns the extension of the last name in lower case, empty where there is none.
    pub fn extension(&self) -> String {
        let name = self.name();
        match name.rfind('.') {
            Some(dot) if dot > 0 => name[dot + 1..].to_ascii_lowercase(),
            _ => String::new(),
        }
    }

    /// Returns the folder that holds this, the root for the root.
    pub fn parent(&self) -> Self {
        match self.0.rfind('/') {
            Some(slash) => Self(self.0[..slash].into()),
            None => Self::root(),
        }
    }

    /// Says whether this is the folder or lies below it.
    pub fn is_within(&self, folder: &Self) -> bool {
        self.below(folder).is_some()
    }

    /// Returns the rest of the path below the folder, or nothing when it lies elsewhere.
    pub fn below(&self, folder: &Self) -> Option<&str> {
        if folder.0.is_empty() {
            return Some(&self.0);
        }
        let rest = self.0.strip_prefix(&*folder.0)?;
        if rest.is_empty() { Some("") } else { rest.strip_prefix('/') }
    }

    /// Says whether the name ends like a Markdown file's.
    pub fn is_markdown(&self) -> bool {
        matches!(self.extension().as_str(), "md" | "markdown")
    }
}

impl fmt::Display for BookPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for BookPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

impl Serialize for BookPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for BookPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&<Cow<'de, str>>::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> BookPath {
        BookPath::new(text).unwrap()
    }

    #[test]
    fn a_path_is_normalised_and_cannot_leave() {
        assert_eq!(path("./a//b/../c.md").as_str(), "a/c.md");
        for bad in ["/etc/passwd", "..", "a/../../b", "a\0b"] {
            assert!(BookPath::new(bad).is_err(), "{bad}");
        }
        assert!(path("a/b").join("../../../c").is_err());
        assert_eq!(path("a/b").join("../c").unwrap(), path("a/c"));
    }

    #[test]
    fn names_stems_and_parents() {
        assert_eq!(path("a/b.tar.GZ").extension(), "gz");
        assert_eq!(path("a/.hidden").stem(), ".hidden");
        assert_eq!(path("a").parent(), BookPath::root());
        assert_eq!(path("docs/x").below(&path("doc")), None);
        assert_eq!(path("docs/x").below(&path("docs")), Some("x"));
    }
}
