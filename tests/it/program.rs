//! The real program in real temporary folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant, SystemTime};

/// A temporary folder that goes away at the end, with a cache of the user beside it.
pub struct Folder(tempfile::TempDir);

/// The name of the folder, and of the cache and what is remembered beside it.
const HERE: &str = "here";
const CACHE: &str = "cache";
const STATE: &str = "state";

impl Folder {
    pub fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::create_dir(folder.0.path().join(HERE)).unwrap();
        folder
    }

    /// The folder that stands for the user's cache.
    pub fn cache(&self) -> PathBuf {
        fs::canonicalize(self.0.path()).unwrap().join(CACHE)
    }

    /// The folder in the cache that is the book's here, once something is kept.
    pub fn kept(&self) -> PathBuf {
        let mut books = fs::read_dir(self.cache().join("books")).unwrap().map(|entry| entry.unwrap().path());
        let kept = books.next().expect("something is kept");
        assert_eq!(books.next(), None, "there is one book");
        kept
    }

    /// The book here, as commands open it.
    pub fn book(&self) -> precedent::disk::Book {
        precedent::disk::Book::open(&self.path(""), &self.environment()).unwrap()
    }

    /// A fixed day, and the cache beside the folder.
    pub fn environment(&self) -> precedent::disk::Environment {
        precedent::disk::Environment {
            today: || precedent::date::Date::parse("2024-01-01").unwrap(),
            now: SystemTime::now,
            cache: precedent::disk::Cache::Named(self.cache()),
            given: precedent::build::Given::default(),
        }
    }

    /// A folder with the files of a book written as `-- path --` sections.
    pub fn with(book: &str) -> Self {
        let folder = Self::new();
        for (path, content) in crate::memory::files(book) {
            folder.write(&path, &content);
        }
        folder
    }

    /// The absolute path of something in it, symbolic links of the temporary folder resolved.
    pub fn path(&self, name: &str) -> PathBuf {
        let root = fs::canonicalize(self.0.path()).unwrap().join(HERE);
        if name.is_empty() { root } else { root.join(name) }
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        let path = self.path(name);
        String::from_utf8(fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).unwrap()
    }

    /// The content of all files below a folder but the program's own records; links are not followed.
    pub fn files(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.path(below);
        let mut found = BTreeMap::new();
        walk(&root, &mut |path| {
            let name = path.strip_prefix(&root).unwrap().display().to_string();
            if !is_record(&name) {
                found.insert(name, fs::read(path).unwrap());
            }
        });
        found
    }

    /// When each file below a folder changed last, with what tells a replaced file from the old one.
    pub fn stamps(&self, below: &str) -> BTreeMap<String, (SystemTime, u64)> {
        let root = self.path(below);
        let mut found = BTreeMap::new();
        walk(&root, &mut |path| {
            let metadata = fs::metadata(path).unwrap();
            found.insert(
                path.strip_prefix(&root).unwrap().display().to_string(),
                (metadata.modified().unwrap(), inode(&metadata)),
            );
        });
        found
    }

    /// Runs the program in this folder.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[])
    }

    /// Runs the program with variables of the environment.
    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
        Ran::of(precedent(&self.path("")).args(arguments).envs(variables.iter().copied()).output().unwrap())
    }
}

/// The program's own files beside the site's.
pub fn is_record(name: &str) -> bool {
    matches!(name, ".precedent-manifest.json" | ".precedent-lock")
}

#[cfg(unix)]
pub fn inode(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
pub fn inode(_: &fs::Metadata) -> u64 {
    0
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            walk(&entry.path(), visit);
        } else if kind.is_file() {
            visit(&entry.path());
        }
    }
}

/// The program, to be run in a folder, with none of the terminal's settings.
pub fn precedent(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_precedent"));
    command.current_dir(folder).env_remove("VISUAL").env_remove("EDITOR").env_remove("NO_COLOR");
    let here = folder.ancestors().find(|above| above.file_name().is_some_and(|name| name == HERE));
    let here = here.expect("tests run in a folder of their own");
    command
        .env("PRECEDENT_CACHE_DIR", here.with_file_name(CACHE))
        .env("PRECEDENT_STATE_DIR", here.with_file_name(STATE));
    command
}

/// What a run came to.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Asserts the exit code, and shows all that was said when it is another.
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }
}

/// Waits for something to come true; the time between two looks is short and no part of any test's outcome.
pub fn wait_for(what: &str, deadline: Duration, mut is_true: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_true() {
        assert!(begun.elapsed() < deadline, "waited {deadline:?} in vain: {what}");
        std::thread::yield_now();
        std::thread::park_timeout(Duration::from_millis(2));
    }
}
