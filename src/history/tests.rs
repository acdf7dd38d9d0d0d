use super::*;

/// A repository in a folder of its own, on the branch `main`, whose clock only its commits move.
pub(super) struct Sandbox {
    pub(super) folder: tempfile::TempDir,
}

impl Sandbox {
    pub(super) fn new() -> Self {
        let sandbox = Self { folder: tempfile::tempdir().unwrap() };
        sandbox.git(&["init", "--quiet", "--initial-branch=main"]);
        sandbox
    }

    pub(super) fn git(&self, arguments: &[&str]) -> String {
        self.git_on("2024-01-01", "Ada", arguments)
    }

    fn git_on(&self, day: &str, author: &str, arguments: &[&str]) -> String {
        // As the room itself asks, so that tests run from a hook do not write to that hook's repository.
        let output = command::command(self.folder.path(), arguments)
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
            .envs([("GIT_AUTHOR_NAME", author), ("GIT_COMMITTER_NAME", "Bot")])
            .envs([("GIT_AUTHOR_EMAIL", "a@example.org"), ("GIT_COMMITTER_EMAIL", "b@example.org")])
            .env("GIT_AUTHOR_DATE", format!("{day}T23:30:00-0800"))
            .env("GIT_COMMITTER_DATE", format!("{day}T23:30:00-0800"))
            .env_remove("GIT_ALLOW_PROTOCOL")
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let place = self.folder.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    /// Commits everything as it is, in January 2024.
    pub(super) fn commit(&self, day: u8, subject: &str) {
        self.git(&["add", "--all"]);
        self.git_on(&format!("2024-01-{day:02}"), "Ada", &["commit", "--quiet", "-m", subject]);
    }

    pub(super) fn open(&self) -> Repository {
        Repository::discover(self.folder.path()).unwrap().unwrap()
    }
}

fn listed(files: Result<BTreeSet<String>, Error>) -> Vec<String> {
    files.unwrap().into_iter().collect()
}

pub(super) fn log_of(repository: &Repository, folders: &[&str]) -> Log {
    repository.log("HEAD", folders, &repository.files().unwrap()).unwrap()
}

/// Returns the log as `file: subject, subject`, one file a line.
fn told(repository: &Repository, folders: &[&str]) -> Vec<String> {
    let log = log_of(repository, folders).files;
    let subjects = |revisions: &[Revision]| {
        revisions.iter().map(|revision| revision.subject.as_str()).collect::<Vec<_>>().join(", ")
    };
    log.iter().map(|(path, revisions)| format!("{path}: {}", subjects(revisions))).collect()
}

/// A text long enough that a file is still known by it after a line was changed.
pub(super) fn long(change: &str) -> String {
    ["This is", "a record", "of some", "length,", "line by line.", ""].join("\n").repeat(5) + change
}

#[test]
fn a_folder_without_git_is_no_repository() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Repository::discover(folder.path()).unwrap(), None);
    let error = Repository::discover(&folder.path().join("missing")).unwrap_err();
    assert!(error.to_string().contains("cannot find the repository"), "{error}");

    let sandbox = Sandbox::new();
    assert_eq!(Repository::discover(&sandbox.folder.path().join(".git")).unwrap(), None);
    sandbox.write("docs/a.md", "a");
    let inside = Repository::discover(&sandbox.folder.path().join("docs")).unwrap().unwrap();
    assert_eq!(inside.root(), fs::canonicalize(sandbox.folder.path()).unwrap());
}

#[test]
fn before_the_first_commit_there_are_files_and_no_history() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", "a");
    let repository = sandbox.open();
    assert_eq!(repository.head().unwrap(), None);
    assert!(repository.boundary().unwrap().is_empty());
    assert_eq!(listed(repository.files()), ["a.md"]);
    assert_eq!(repository.branches().unwrap(), []);
    assert!(matches!(repository.tree("HEAD"), Err(Error::UnknownRevision { .. })));
}

#[test]
fn a_revision_has_its_author_and_the_day_in_their_own_time_zone() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", "a");
    sandbox.git(&["add", "--all"]);
    sandbox.git_on("2024-02-29", "Zoë \"Z\" Quil", &["commit", "--quiet", "-m", "Décide\n\nand why"]);
    let repository = sandbox.open();
    let head = repository.head().unwrap().unwrap();
    let date = crate::date::Date::new(2024, 2, 29).unwrap();
    let revision = Revision { hash: head, author: "Zoë \"Z\" Quil".to_owned(), date, subject: "Décide".to_owned() };
    assert_eq!(log_of(&repository, &[]).files, BTreeMap::from([("a.md".to_owned(), vec![revision])]));
}

#[test]
fn a_file_keeps_its_history_when_it_is_renamed() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/draft.md", &long(""));
    sandbox.commit(1, "draft");
    sandbox.write("docs/draft.md", &long("more"));
    sandbox.commit(2, "edit");
    sandbox.git(&["mv", "docs/draft.md", "docs/0001.md"]);
    sandbox.write("docs/0001.md", &long("and more"));
    sandbox.commit(3, "number");
    sandbox.git(&["mv", "docs/0001.md", "docs/0001-use-git.md"]);
    sandbox.commit(4, "name");
    sandbox.write("docs/draft.md", "another draft");
    sandbox.commit(5, "another");
    sandbox.git(&["rm", "--quiet", "docs/draft.md"]);
    sandbox.commit(6, "drop it");
    assert_eq!(told(&sandbox.open(), &["docs"]), ["docs/0001-use-git.md: name, number, edit, draft"]);
}

#[test]
fn files_that_trade_names_keep_their_own_history() {
    let sandbox = Sandbox::new();
    sandbox.write("a", &long(""));
    sandbox.commit(1, "first");
    sandbox.write("b", "something else entirely\nof two lines\n");
    sandbox.commit(2, "second");
    for (day, from, to) in [(3, "a", "c"), (4, "b", "a"), (5, "c", "b")] {
        sandbox.git(&["mv", from, to]);
        sandbox.commit(day, &format!("{from} to {to}"));
    }
    assert_eq!(told(&sandbox.open(), &[]), ["a: b to a, second", "b: c to b, a to c, first"]);
}

#[test]
fn what_a_merge_brings_together_is_told_and_the_merge_is_not() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", &long(""));
    sandbox.commit(1, "start");
    sandbox.git(&["checkout", "--quiet", "-b", "side"]);
    sandbox.write("a.md", &format!("top\n{}", long("")));
    sandbox.commit(4, "side edits under the old name");
    sandbox.git(&["checkout", "--quiet", "main"]);
    sandbox.git(&["mv", "a.md", "b.md"]);
    sandbox.commit(3, "main renames");
    sandbox.git_on("2024-01-05", "Ada", &["merge", "--quiet", "--no-edit", "side"]);
    assert_eq!(told(&sandbox.open(), &[]), ["b.md: side edits under the old name, main renames, start"]);
}

#[test]
fn only_the_folders_asked_for_are_told() {
    let sandbox = Sandbox::new();
    for path in ["docs/a.md", "src/b.rs", "do*/c.md", ":(top)/d.md"] {
        sandbox.write(path, path);
    }
    sandbox.commit(1, "all");
    let repository = sandbox.open();
    assert_eq!(told(&repository, &["docs/"]), ["docs/a.md: all"]);
    assert_eq!(told(&repository, &["do*", ":(top)"]), [":(top)/d.md: all", "do*/c.md: all"]);
    assert_eq!(told(&repository, &["-x", "--all"]), Vec::<String>::new());
    assert_eq!(told(&repository, &[""]).len(), 4);
    assert!(matches!(repository.log("HEAD", &["../up"], &BTreeSet::new()), Err(Error::Failed { .. })));
}

#[cfg(unix)]
#[test]
fn any_name_is_a_name() {
    let names = ["-x.md", "M", "a b.md", "commit", "line\nbreak.md", "quote\"s'.md", "tab\t.md", "ü/ß.md"];
    let sandbox = Sandbox::new();
    for name in names {
        sandbox.write(name, name);
    }
    #[cfg(target_os = "linux")]
    {
        let name: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"not\xffutf8");
        fs::write(sandbox.folder.path().join(name), "x").unwrap();
    }
    let repository = sandbox.open();
    assert_eq!(listed(repository.files()), names);
    sandbox.commit(1, "start");
    assert_eq!(listed(repository.files()), names);
    assert_eq!(listed(repository.tree("main")), names);
    assert_eq!(log_of(&repository, &[]).files.into_keys().collect::<Vec<_>>(), names);
    for name in names {
        assert_eq!(repository.read("main", name).unwrap().unwrap(), name.as_bytes());
        sandbox.write(name, "changed");
    }
    assert_eq!(repository.changed("main").unwrap(), names);
    let wanted: BTreeSet<String> = ["ü/ß.md", "line\nbreak.md", "missing"].map(str::to_owned).into();
    let contents = repository.read_all("main", &wanted).unwrap();
    assert_eq!(contents.len(), 2);
    assert!(contents.iter().all(|(name, content)| name.as_bytes() == content));
}

#[test]
fn more_files_are_read_at_once_than_a_pipe_holds() {
    let sandbox = Sandbox::new();
    let names: BTreeSet<String> = (0..2500).map(|number| format!("{number}.md")).collect();
    for name in &names {
        sandbox.write(name, &long(""));
    }
    sandbox.commit(1, "many");
    let contents = sandbox.open().read_all("HEAD", &names).unwrap();
    assert_eq!(contents.len(), names.len());
    assert!(contents.values().all(|content| *content == long("").as_bytes()));
    assert!(sandbox.open().read_all("HEAD", &BTreeSet::new()).unwrap().is_empty());
}

#[test]
fn ignored_and_removed_files_are_not_there() {
    let sandbox = Sandbox::new();
    sandbox.write(".gitignore", "*.log\n");
    for name in ["kept.md", "removed.md", "staged.md"] {
        sandbox.write(name, name);
    }
    sandbox.commit(1, "start");
    sandbox.write("noise.log", "x");
    sandbox.write("new/untracked.md", "x");
    sandbox.write("kept.md", "other");
    fs::remove_file(sandbox.folder.path().join("removed.md")).unwrap();
    sandbox.git(&["rm", "--quiet", "staged.md"]);
    let repository = sandbox.open();
    assert_eq!(listed(repository.files()), [".gitignore", "kept.md", "new/untracked.md"]);
    assert_eq!(repository.changed("HEAD").unwrap(), ["kept.md", "new/untracked.md", "removed.md", "staged.md"]);
    assert_eq!(log_of(&repository, &[]).files.into_keys().collect::<Vec<_>>(), [".gitignore", "kept.md"]);
    assert_eq!(repository.read("HEAD", "staged.md").unwrap().unwrap(), b"staged.md");
}

#[test]
fn what_is_no_file_at_a_revision_is_not_read() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/a.md", "a");
    #[cfg(unix)]
    std::os::unix::fs::symlink("docs/a.md", sandbox.folder.path().join("link")).unwrap();
    sandbox.commit(1, "start");
    let repository = sandbox.open();
    for path in ["docs", "docs/", "link", "", ".", "../a", "/docs/a.md", "./docs/a.md", "a\0b", "missing", "--help"] {
        assert_eq!(repository.read("HEAD", path).unwrap(), None, "{path}");
    }
    assert_eq!(listed(repository.tree("HEAD")), ["docs/a.md"]);
}

#[test]
fn a_revision_that_is_none_is_named() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", "a");
    sandbox.commit(1, "start");
    let repository = sandbox.open();
    for bad in ["nowhere", "-x", "--all", "", "HEAD~9", "main@{99}", "a\0b", "HEAD:a.md", "main..main", "x y"] {
        let errors = [
            repository.tree(bad).unwrap_err(),
            repository.changed(bad).unwrap_err(),
            repository.read(bad, "a.md").unwrap_err(),
            repository.merge_base("main", bad).unwrap_err(),
        ];
        for error in errors {
            let named = matches!(&error, Error::UnknownRevision { revision, .. } if revision == bad);
            assert!(named, "{bad}: {error}");
        }
    }
}

#[test]
fn branches_part_somewhere_or_nowhere() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", "a");
    sandbox.commit(1, "start");
    let start = sandbox.open().head().unwrap().unwrap();
    sandbox.git(&["checkout", "--quiet", "-b", "feature/x"]);
    sandbox.write("b.md", "b");
    sandbox.commit(2, "feature");
    sandbox.git(&["checkout", "--quiet", "main"]);
    sandbox.write("c.md", "c");
    sandbox.commit(3, "main");
    sandbox.git(&["checkout", "--quiet", "--orphan", "apart"]);
    sandbox.commit(4, "apart");
    let repository = sandbox.open();
    assert_eq!(repository.merge_base("main", "refs/heads/feature/x").unwrap(), Some(start));
    assert_eq!(repository.merge_base("main", "apart").unwrap(), None);
    let names = |repository: &Repository| {
        repository.branches().unwrap().into_iter().map(|branch| branch.name).collect::<Vec<_>>()
    };
    assert_eq!(names(&repository), ["apart", "feature/x", "main"]);
    assert_eq!(repository.branches().unwrap()[0].hash, repository.head().unwrap().unwrap());

    let clone = Sandbox { folder: tempfile::tempdir().unwrap() };
    clone.git(&["clone", "--quiet", &sandbox.folder.path().display().to_string(), "."]);
    assert_eq!(names(&clone.open()), ["apart", "origin/apart", "origin/feature/x", "origin/main"]);
}

#[test]
fn a_shallow_clone_says_so_and_tells_what_it_has() {
    let sandbox = Sandbox::new();
    for day in 1..4 {
        sandbox.write("a.md", &day.to_string());
        sandbox.commit(day, &format!("day {day}"));
    }
    let clone = Sandbox { folder: tempfile::tempdir().unwrap() };
    clone.git(&["clone", "--quiet", "--depth=2", &format!("file://{}", sandbox.folder.path().display()), "."]);
    let repository = clone.open();
    assert!(log_of(&repository, &[]).is_cut);
    // The oldest commit that is there seems to add every file, and tells nothing.
    assert_eq!(told(&repository, &[]), ["a.md: day 3"]);
}

#[test]
fn settings_do_not_change_the_answers() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/a.md", &long(""));
    sandbox.commit(1, "start");
    sandbox.git(&["mv", "docs/a.md", "docs/b.md"]);
    sandbox.commit(2, "rename");
    for setting in ["log.showRoot=false", "log.follow=true", "diff.renames=false", "color.ui=always"] {
        let (key, value) = setting.split_once('=').unwrap();
        sandbox.git(&["config", key, value]);
    }
    for (key, value) in [("core.fsmonitor", "touch ran"), ("diff.external", "touch ran"), ("log.date", "relative")] {
        sandbox.git(&["config", key, value]);
    }
    let repository = sandbox.open();
    assert_eq!(told(&repository, &["docs"]), ["docs/b.md: rename, start"]);
    assert_eq!(told(&repository, &["docs/b.md"]), ["docs/b.md: rename"]);
    sandbox.write("docs/b.md", "changed");
    assert_eq!(repository.changed("HEAD~1").unwrap(), ["docs/a.md", "docs/b.md"]);
    assert_eq!(listed(repository.files()), ["docs/b.md"]);
}
