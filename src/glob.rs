//! Patterns of files as teams write them: `src/api`, `*.sql`, `services/*/Dockerfile`, `{web,app}/**/*.ts`.
//!
//! A pattern comes in, and is read once; a path goes in, and the answer is whether the pattern means it. Paths are
//! relative to the repository's root, separated by `/` and without a leading one. Upper and lower case differ.
//!
//! | Written | Means |
//! |---|---|
//! | `src/api`, `src/api/`, `./src/api`, `/src/api` | the folder at the root and all below it, or the file of that name |
//! | `services/*/api` | the same: where the last part is a plain name, it may be a folder's |
//! | `src/*.rs` | files in `src`, not below: `*` and `?` do not cross a `/` |
//! | `src/**/*.rs`, `src/**` | at any depth below `src` |
//! | `*.sql`, `Dockerfile` | in any folder: without a `/` a pattern is a name, not a place |
//! | `/Dockerfile`, `src/` | at the root only |
//! | `src/*/` | all below the folders in `src`: a closing `/` makes a folder of what has wildcards |
//! | `{a,b}`, `[a-z]`, `[!a-z]`, `\*` | either, one of, none of, the character itself |
//! | `/` or `.` | every file |
//!
//! `?` and `[…]` stand for one byte, so for a letter beyond ASCII write `*`.

use std::fmt;

use globset::{ErrorKind, GlobBuilder, GlobSet, GlobSetBuilder};

/// The longest pattern that is read, in bytes. No path is much longer, and nesting is bounded by it.
const LONGEST: usize = 1000;

/// How many patterns are asked at once. The regex engine allows 10 MB a set, and the largest pattern takes 0.1 MB.
const TOGETHER: usize = 64;

/// Why a text is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// What is wrong, with the pattern in it.
    pub message: String,
}

/// One pattern.
#[derive(Clone)]
pub struct Glob {
    pattern: String,
    /// The thing itself, and what is below it where it may be a folder.
    parts: Vec<globset::Glob>,
    either: GlobSet,
}

impl Glob {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When it is empty, leaves the repository, separates folders with `\`, is longer than 1000 bytes, nests braces too
    /// deep or has a bracket without its partner.
    pub fn new(pattern: &str) -> Result<Self, Fault> {
        let why = |error: globset::Error| match error.kind() {
            ErrorKind::Regex(_) => fault(pattern, "its braces are nested too deep"),
            kind => fault(pattern, &kind.to_string()),
        };
        let parts: Vec<_> = readings(pattern)?.iter().map(|part| parse(part)).collect::<Result<_, _>>().map_err(why)?;
        // Not `compile_matcher`, which panics on a pattern that the regex engine refuses.
        let either = set(&parts).map_err(why)?;
        Ok(Self { pattern: pattern.to_owned(), parts, either })
    }

    /// Returns the pattern as it was written.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Says whether the pattern means a path.
    pub fn matches(&self, path: &str) -> bool {
        self.either.is_match(path)
    }
}

impl fmt::Debug for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Glob({:?})", self.pattern)
    }
}

/// What a pattern in a list does to the files that it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Adds,
    TakesAway,
}

/// Patterns in order. The last one that means a path decides; `!pattern` takes away again what came before it.
///
/// A list starts from no file, so one that only takes away means nothing. All are asked at once: the cost of a path
/// hardly grows with their number.
#[derive(Debug, Clone)]
pub struct Globs {
    effects: Vec<Effect>,
    /// Each set with the place in the list of each of its parts, from first to last.
    sets: Vec<(GlobSet, Vec<usize>)>,
}

impl Globs {
    /// Reads patterns; one that starts with `!` takes away. A name that starts so is written `\!`.
    ///
    /// # Errors
    /// At the first that is none.
    pub fn new(patterns: &[impl AsRef<str>]) -> Result<Self, Fault> {
        let signed = patterns.iter().map(|pattern| match pattern.as_ref().trim_start().strip_prefix('!') {
            Some(rest) => Ok((Effect::TakesAway, Glob::new(rest)?)),
            None => Ok((Effect::Adds, Glob::new(pattern.as_ref())?)),
        });
        Ok(Self::of(signed.collect::<Result<_, _>>()?))
    }

    fn of(globs: Vec<(Effect, Glob)>) -> Self {
        let effects = globs.iter().map(|(effect, _)| *effect).collect();
        let numbered = globs.into_iter().enumerate();
        let (places, parts): (Vec<usize>, Vec<globset::Glob>) =
            numbered.flat_map(|(at, (_, glob))| glob.parts.into_iter().map(move |part| (at, part))).unzip();
        let sets = parts.chunks(TOGETHER).zip(places.chunks(TOGETHER)).map(|(parts, places)| {
            let set = set(parts).expect("each is valid alone, and so few stay below the limit of the regex engine");
            (set, places.to_vec())
        });
        Self { effects, sets: sets.collect() }
    }

    /// Says whether the list means a path.
    pub fn matches(&self, path: &str) -> bool {
        self.last(path).is_some_and(|at| self.effects[at] == Effect::Adds)
    }

    /// Returns the place in the list of the last pattern that means a path.
    pub fn last(&self, path: &str) -> Option<usize> {
        self.sets.iter().rev().find_map(|(set, places)| set.matches(path).last().map(|&part| places[part]))
    }
}

/// A list of patterns none of which takes away.
impl FromIterator<Glob> for Globs {
    fn from_iter<I: IntoIterator<Item = Glob>>(globs: I) -> Self {
        Self::of(globs.into_iter().map(|glob| (Effect::Adds, glob)).collect())
    }
}

fn set(parts: &[globset::Glob]) -> Result<GlobSet, globset::Error> {
    let mut builder = GlobSetBuilder::new();
    for part in parts {
        builder.add(part.clone());
    }
    builder.build()
}

/// Returns what a pattern means in the words of `globset`, which knows no folders and anchors everything.
fn readings(pattern: &str) -> Result<Vec<String>, Fault> {
    let text = pattern.trim();
    if text.is_empty() {
        return Err(fault(pattern, "it is empty; `**` means every file"));
    }
    if text.len() > LONGEST {
        let start: String = text.chars().take(40).collect();
        return Err(fault(&format!("{start}…"), &format!("it is longer than {LONGEST} bytes")));
    }
    let backslash = text.split('\\').skip(1).any(|after| after.starts_with(char::is_alphanumeric));
    if backslash {
        return Err(fault(pattern, "folders are separated by `/`; `\\` takes the meaning from the sign after it"));
    }
    let segments: Vec<&str> = text.split('/').filter(|segment| !["", "."].contains(segment)).collect();
    if segments.contains(&"..") {
        return Err(fault(pattern, "`..` leaves the repository; write it from the repository's root"));
    }
    let Some(last) = segments.last() else {
        return Ok(vec!["**".to_owned()]);
    };
    let place = if text.contains('/') { String::new() } else { "**/".to_owned() };
    let itself = place + &segments.join("/");
    let below = format!("{itself}/**");
    Ok(match (last.contains(['*', '?', '[']), text.ends_with('/')) {
        (false, _) => vec![itself, below],
        (true, true) => vec![below],
        (true, false) => vec![itself],
    })
}

fn parse(reading: &str) -> Result<globset::Glob, globset::Error> {
    let mut builder = GlobBuilder::new(reading);
    builder.literal_separator(true).backslash_escape(true).empty_alternates(true).build()
}

fn fault(pattern: &str, why: &str) -> Fault {
    Fault { message: format!("`{pattern}` is no pattern of files: {why}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &[&str] = &[
        "Dockerfile",
        "README.md",
        "db/schema.sql",
        "docs/api",
        "services/mail/api/main.rs",
        "services/pay/api/deep/main.rs",
        "src/.hidden.rs",
        "src/api/a.rs",
        "src/api/deep/b.rs",
        "src/apis.rs",
        "src/main.rs",
        "web/Dockerfile",
    ];

    /// Returns the files that a list of patterns means.
    fn meant(patterns: &[&str]) -> Vec<&'static str> {
        let globs = Globs::new(patterns).unwrap();
        let meant: Vec<&str> = FILES.iter().copied().filter(|file| globs.matches(file)).collect();
        if let [pattern] = patterns {
            let alone = Glob::new(pattern).unwrap();
            assert_eq!(alone.pattern(), *pattern);
            assert_eq!(meant, FILES.iter().copied().filter(|file| alone.matches(file)).collect::<Vec<_>>());
        }
        meant
    }

    #[test]
    fn a_plain_path_is_a_folder_with_all_below_or_a_file() {
        let api = ["src/api/a.rs", "src/api/deep/b.rs"];
        for pattern in ["src/api", "src/api/", "/src/api", "./src/api", "src//api", "src/./api/", " src/api "] {
            assert_eq!(meant(&[pattern]), api, "{pattern}");
        }
        assert_eq!(meant(&["src/main.rs"]), ["src/main.rs"]);
        assert_eq!(meant(&["services/*/api"]), ["services/mail/api/main.rs", "services/pay/api/deep/main.rs"]);
        assert_eq!(meant(&["src/{api,main.rs}"]), ["src/api/a.rs", "src/api/deep/b.rs", "src/main.rs"]);
        for all in ["/", ".", "./", "**"] {
            assert_eq!(meant(&[all]), FILES, "{all}");
        }
    }

    #[test]
    fn a_name_is_meant_in_any_folder_and_a_place_only_there() {
        assert_eq!(meant(&["Dockerfile"]), ["Dockerfile", "web/Dockerfile"]);
        assert_eq!(meant(&["/Dockerfile"]), ["Dockerfile"]);
        assert_eq!(meant(&["*.sql"]), ["db/schema.sql"]);
        assert_eq!(meant(&["deep"]), ["services/pay/api/deep/main.rs", "src/api/deep/b.rs"]);
        assert_eq!(meant(&["web/"]), ["web/Dockerfile"]);
        assert_eq!(meant(&["deep/"]), Vec::<&str>::new());
        assert_eq!(meant(&["api/a.rs"]), Vec::<&str>::new());
        assert_eq!(meant(&["dockerfile"]), Vec::<&str>::new());
    }

    #[test]
    fn one_star_stays_in_its_folder_and_two_do_not() {
        assert_eq!(meant(&["src/*.rs"]), ["src/.hidden.rs", "src/apis.rs", "src/main.rs"]);
        assert_eq!(meant(&["src/*"]), ["src/.hidden.rs", "src/apis.rs", "src/main.rs"]);
        assert_eq!(meant(&["src/*/"]), ["src/api/a.rs", "src/api/deep/b.rs"]);
        assert_eq!(meant(&["src/**/b.rs"]), ["src/api/deep/b.rs"]);
        assert_eq!(meant(&["**/api/*.rs"]), ["services/mail/api/main.rs", "src/api/a.rs"]);
        assert_eq!(meant(&["src/[a-m]*.rs"]), ["src/apis.rs", "src/main.rs"]);
        assert_eq!(meant(&["*.{sql,md}"]), ["README.md", "db/schema.sql"]);
    }

    #[test]
    fn the_last_pattern_decides() {
        assert_eq!(
            meant(&["src", "!src/api", "src/api/deep"])[1..],
            ["src/api/deep/b.rs", "src/apis.rs", "src/main.rs"]
        );
        assert_eq!(meant(&["!src"]), Vec::<&str>::new());
        assert_eq!(meant(&[]), Vec::<&str>::new());
        let globs = Globs::new(&["*.rs", "src/api", "*.md"]).unwrap();
        assert_eq!([globs.last("src/api/a.rs"), globs.last("a.rs"), globs.last("a.md")], [Some(1), Some(0), Some(2)]);
        assert_eq!(globs.last("a.sql"), None);
    }

    #[test]
    fn what_is_no_pattern_is_named() {
        for (bad, why) in [
            ("", "empty"),
            ("  ", "empty"),
            ("../src", "leaves"),
            (r"src\api", "separated"),
            ("src/{a,b", "{"),
            ("src/[a", "]"),
            ("a\\", "dangling"),
        ] {
            let message = Glob::new(bad).unwrap_err().message;
            assert!(message.contains(why), "{bad}: {message}");
        }
        assert!(Glob::new(&"{".repeat(100_000)).unwrap_err().message.len() < 150);
        assert_eq!(Globs::new(&["src", "!["]).unwrap_err(), Glob::new("[").unwrap_err());
    }

    #[test]
    fn the_largest_patterns_and_lists_are_read() {
        let nested = "{".repeat(LONGEST / 2) + &"}".repeat(LONGEST / 2);
        assert!(Glob::new(&nested).unwrap_err().message.contains("deep"));
        let stars = "*a".repeat(LONGEST / 2);
        assert!(!Glob::new(&stars).unwrap().matches(&"a".repeat(400)));
        for largest in ["?".repeat(LONGEST), "[!a]".repeat(LONGEST / 4), "**/".repeat(332) + "x"] {
            let many = vec![largest; TOGETHER];
            assert!(!Globs::new(&many).unwrap().matches("a"));
        }
        let many: Vec<String> = (0..3 * TOGETHER).map(|number| format!("{number}*.md")).collect();
        let globs = Globs::new(&many).unwrap();
        assert_eq!([globs.last("x/7-.md"), globs.last("100.md"), globs.last("x.md")], [Some(7), Some(100), None]);
    }
}
