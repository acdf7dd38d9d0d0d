//! What git would not take: the rules of the ignore files inside a book, folder by folder.
//!
//! Only files inside the book count, so that a book is the same on every machine. As in git, an ignore file that is a
//! symbolic link is none, and a repository inside another begins with rules of its own. The `ignore` crate would read
//! whatever such a link leads to, without end, so it walks and matches here, and reads nothing.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::diagnostic::{Code, Diagnostic};
use crate::disk::read;
use crate::path::BookPath;

/// Files that say what else in their folder is not part of a book: that of git, and one that beats it.
pub(in crate::disk) const FILES: [&str; 2] = [".gitignore", ".ignore"];

/// A name that no pattern means.
const ANY: &str = "any-name-at-all";

/// The largest ignore file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// The rules of a book.
pub(super) struct Ignored {
    root: PathBuf,
    /// Files and folders that the settings name: part of the book whatever the rules above them say.
    named: HashSet<PathBuf>,
    /// The folders on the way to these.
    on_the_way: HashSet<PathBuf>,
    rules: RwLock<HashMap<PathBuf, Arc<Rules>>>,
    faults: Mutex<Vec<Diagnostic>>,
}

/// Where the rules of a folder go on.
enum Above {
    /// It is the root.
    Nowhere,
    /// In the folder above.
    Folder(Arc<Rules>),
    /// The folder is ignored, and is part of the book because it is named. What lies in it is judged as if it lay beside it:
    /// the rule that takes the whole folder out does not count, one that takes out `*.key` everywhere does.
    Beside(Arc<Rules>, PathBuf),
}

/// The rules of a folder, for what lies right in it.
struct Rules {
    above: Above,
    /// Of `.gitignore` and `.ignore`.
    own: [Option<Gitignore>; 2],
    /// A repository of its own: the `.gitignore` files above it do not count.
    is_repository: bool,
    /// The folder itself is ignored, and is walked only on the way to something that is named.
    is_ignored: bool,
}

impl Ignored {
    pub(super) fn new(root: &Path, named: impl IntoIterator<Item = PathBuf>) -> Self {
        let named: HashSet<PathBuf> = named.into_iter().collect();
        let above = |path: &PathBuf| -> Vec<PathBuf> {
            path.ancestors().skip(1).take_while(|above| *above != root).map(Path::to_owned).collect()
        };
        let on_the_way = named.iter().flat_map(above).collect();
        Self { root: root.to_owned(), named, on_the_way, rules: RwLock::default(), faults: Mutex::default() }
    }

    /// Says whether a file or folder below the root is part of the book, as far as ignore files tell.
    pub(super) fn takes(&self, path: &Path, is_folder: bool) -> bool {
        if self.named.contains(path) || is_folder && self.on_the_way.contains(path) {
            return true;
        }
        let Some(folder) = path.parent().filter(|folder| folder.starts_with(&self.root)) else { return true };
        !self.rules_of(folder).ignores(path, is_folder)
    }

    /// Returns what was wrong with ignore files.
    pub(super) fn faults(&self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.faults.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn rules_of(&self, folder: &Path) -> Arc<Rules> {
        if let Some(rules) = self.rules.read().unwrap_or_else(PoisonError::into_inner).get(folder) {
            return rules.clone();
        }
        let above = folder.parent().filter(|_| folder != self.root).map(|above| (self.rules_of(above), above));
        let is_named = self.named.contains(folder);
        let ignored = above.as_ref().is_some_and(|(rules, _)| rules.ignores(folder, true));
        // `made/` takes the folder out, `made/*` and `made/**` all that could be in it.
        let emptied = ignored || above.as_ref().is_some_and(|(rules, _)| rules.ignores(&folder.join(ANY), false));
        let rules = Arc::new(Rules {
            own: FILES.map(|name| self.read(folder, name)),
            is_repository: folder.join(".git").symlink_metadata().is_ok(),
            is_ignored: ignored && !is_named,
            above: match above {
                None => Above::Nowhere,
                Some((rules, above)) if emptied && is_named => Above::Beside(rules, above.to_owned()),
                Some((rules, _)) => Above::Folder(rules),
            },
        });
        self.rules.write().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned(), rules.clone());
        rules
    }

    fn read(&self, folder: &Path, name: &str) -> Option<Gitignore> {
        match read::regular(&folder.join(name), LARGEST) {
            Ok(content) => {
                let mut builder = GitignoreBuilder::new(folder);
                for line in String::from_utf8_lossy(&content).lines() {
                    // A pattern that is none matches nothing, as in git.
                    let _ = builder.add_line(None, line);
                }
                builder.build().ok()
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied) => None,
            Err(error) => {
                let below = folder.strip_prefix(&self.root).unwrap_or(Path::new("")).join(name);
                let path = below.to_str().and_then(|path| BookPath::new(&path.replace('\\', "/")).ok());
                let message = format!("cannot be read, so it ignores nothing: {error}");
                let fault = Diagnostic::new(Code::Unreadable, &path.unwrap_or_else(BookPath::root), message);
                self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
                None
            }
        }
    }
}

impl Rules {
    fn ignores(&self, path: &Path, is_folder: bool) -> bool {
        self.is_ignored || self.decides(1, path, is_folder).or(self.decides(0, path, is_folder)).unwrap_or(false)
    }

    /// Says what the files of one name decide, the nearest first.
    fn decides(&self, kind: usize, path: &Path, is_folder: bool) -> Option<bool> {
        let own = self.own[kind].as_ref().map(|rules| rules.matched(path, is_folder));
        match own {
            Some(Match::Ignore(_)) => Some(true),
            Some(Match::Whitelist(_)) => Some(false),
            Some(Match::None) | None => match &self.above {
                _ if kind == 0 && self.is_repository => None,
                Above::Nowhere => None,
                Above::Folder(rules) => rules.decides(kind, path, is_folder),
                Above::Beside(rules, above) => rules.decides(kind, &above.join(path.file_name()?), is_folder),
            },
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests write ignore files")]
mod tests {
    use super::*;

    /// Says which of these paths are taken, in a folder with ignore files as `path: line line`.
    fn taken(files: &[&str], named: &[&str], paths: &[&str]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for file in files {
            let (path, lines) = file.split_once(": ").unwrap();
            std::fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            std::fs::write(root.join(path), lines.replace(' ', "\n")).unwrap();
        }
        let ignored = Ignored::new(&root, named.iter().map(|name| root.join(name)));
        let is_taken = |path: &&&str| {
            let names: Vec<&str> = path.trim_end_matches('/').split('/').collect();
            let above = (1..names.len()).all(|depth| ignored.takes(&root.join(names[..depth].join("/")), true));
            above && ignored.takes(&root.join(path.trim_end_matches('/')), path.ends_with('/'))
        };
        paths.iter().filter(is_taken).map(|path| (*path).to_owned()).collect()
    }

    #[test]
    fn rules_are_those_of_git() {
        let paths = ["a.md", "a.tmp", "keep.tmp", "made/a.md", "sub/a.tmp", "sub/b.md", "sub/made/b.md"];
        assert_eq!(
            taken(&[".gitignore: *.tmp !keep.tmp /made/"], &[], &paths),
            ["a.md", "keep.tmp", "sub/b.md", "sub/made/b.md"]
        );
        assert_eq!(
            taken(&[".gitignore: *.tmp", "sub/.gitignore: !a.tmp b.md"], &[], &paths),
            ["a.md", "made/a.md", "sub/a.tmp"]
        );
        assert_eq!(taken(&[".gitignore: *.md", ".ignore: !a.md"], &[], &["a.md", "b.md"]), ["a.md"]);
        assert_eq!(
            taken(&[".gitignore: *.md", "sub/.git/HEAD: x"], &[], &["a.md", "sub/b.md"]),
            ["sub/b.md"],
            "a repository in it"
        );
    }

    #[test]
    fn what_is_named_is_taken_and_nothing_else_with_it() {
        let paths = [
            "made/a.md",
            "made/b.key",
            "made/docs/a.md",
            "made/docs/b.key",
            "made/docs/deep/a.md",
            "docs/a.md",
            "docs/b.key",
        ];
        let rules = [".gitignore: /made/ *.key"];
        assert_eq!(taken(&rules, &[], &paths), ["docs/a.md"]);
        assert_eq!(taken(&rules, &["docs"], &paths), ["docs/a.md"]);
        assert_eq!(taken(&rules, &["made/docs"], &paths), ["made/docs/a.md", "made/docs/deep/a.md", "docs/a.md"]);
        assert_eq!(taken(&[".gitignore: made/** *.key"], &["made"], &paths)[..2], ["made/a.md", "made/docs/a.md"]);
        assert_eq!(taken(&rules, &["made/a.md"], &paths), ["made/a.md", "docs/a.md"], "a chapter");
    }
}
