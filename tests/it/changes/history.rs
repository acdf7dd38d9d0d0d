//! A book in a real repository of git, whose clock only its commits move.

use std::fs;
use std::process::Command;

use precedent::build::{Build, Memo, Overrides};
use precedent::disk::{Book, Cache, Environment};

use crate::program::Folder;

/// A book with a history.
pub(super) struct History {
    pub(super) folder: Folder,
}

impl History {
    /// A repository in which one file is committed.
    pub(super) fn of(path: &str, text: &str) -> Self {
        let history = Self { folder: Folder::new() };
        history.git(&["init", "--quiet", "--initial-branch=main"]);
        history.write("README.txt", "Not a page.\n");
        history.write(path, text);
        history.commit("2025-01-01", "Ann", "begin");
        history
    }

    /// A clone of it, made with further options.
    pub(super) fn cloned(&self, options: &[&str]) -> Self {
        let clone = Self { folder: Folder::new() };
        let from = format!("file://{}", self.folder.path("").display());
        self.git(&["config", "uploadpack.allowFilter", "true"]);
        clone.git(&[&["clone", "--quiet"], options, &[&from, "."]].concat());
        clone
    }

    pub(super) fn git(&self, arguments: &[&str]) -> String {
        self.git_on("2025-01-01", "Ann", arguments)
    }

    /// Runs git as if it were half past eleven in the evening of a day in Los Angeles.
    pub(super) fn git_on(&self, day: &str, author: &str, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(arguments)
            .current_dir(self.folder.path(""))
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CEILING_DIRECTORIES", "/")])
            .envs([("GIT_AUTHOR_NAME", author), ("GIT_COMMITTER_NAME", "Bot")])
            .envs([("GIT_AUTHOR_EMAIL", "a@example.org"), ("GIT_COMMITTER_EMAIL", "b@example.org")])
            .env("GIT_AUTHOR_DATE", format!("{day}T23:30:00-0800"))
            .env("GIT_COMMITTER_DATE", format!("{day}T23:30:00-0800"))
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    pub(super) fn head(&self) -> String {
        self.git(&["rev-parse", "HEAD"])
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        self.folder.write(path, text);
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path(path)).unwrap()
    }

    /// Puts a text in the place of one that is there.
    pub(super) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "`{from}` is in {text}");
        self.write(path, &text.replace(from, to));
    }

    /// Commits everything as it is.
    pub(super) fn commit(&self, day: &str, author: &str, subject: &str) {
        self.git(&["add", "--all"]);
        self.git_on(day, author, &["commit", "--quiet", "-m", subject]);
    }

    pub(super) fn book(&self) -> Book {
        self.folder.book()
    }

    /// Builds without anything that was kept.
    pub(super) fn build(&self) -> Build {
        let environment = Environment { cache: Cache::Memory, ..self.folder.environment() };
        let mut book = Book::open(&self.folder.path(""), &environment).unwrap();
        book.build(&mut Memo::default(), &Overrides::default()).unwrap()
    }

    /// Builds as one process does, with what earlier ones kept.
    pub(super) fn run(&self) -> Build {
        let mut book = self.book();
        let mut memo = book.recall();
        let build = book.build(&mut memo, &Overrides::default()).unwrap();
        book.remember(&memo);
        build
    }
}
