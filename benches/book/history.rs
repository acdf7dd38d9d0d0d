//! What the past of a book costs: a repository of 20,000 commits over the same pages, one page a commit, an hour apart.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::process::{Cost, command, median};
use super::{Result, files, is_markdown};

const COMMITS: usize = 20_000;

/// When the first commit was made, in seconds since 1970, and how long it is to the next.
const BEGINS: usize = 1_735_689_600;
const STEP: usize = 3000;

/// What was measured.
pub struct Costs {
    /// A build from nothing, with the last weeks.
    pub cold: Cost,
    /// A build after one more commit.
    pub committed: Cost,
    /// A build after a page that is changed, and not committed.
    pub changed: Cost,
    /// `precedent changes` of a week.
    pub week: Cost,
}

/// Puts the files of a book into such a repository, and measures it there.
pub fn costs(root: &Path, beside: &Path) -> Result<Costs> {
    let place = beside.join("history");
    import(root, &place)?;
    let mut runs = 0;
    let cold = median(1, || {
        runs += 1;
        let (cache, site) =
            (beside.join(format!("cache-of-history-{runs}")), beside.join(format!("site-of-history-{runs}")));
        command(&place, &cache, &["build", "-q", "-d", &site.display().to_string()])
    })?;
    let (cache, site) = (beside.join("cache-of-history-1"), beside.join("site-of-history-1"));
    let pages: Vec<PathBuf> = files(&place)?.into_iter().filter(|path| is_markdown(path)).collect();
    let mut number = 0;
    let committed = median(3, || {
        number += 1;
        let page = &pages[number % pages.len()];
        fs::write(page, format!("{}\nOne more sentence, number {number}.\n", fs::read_to_string(page)?))?;
        let when = format!("{} +0000", BEGINS + (COMMITS + number) * STEP);
        git(&place, &["commit", "--quiet", "--all", "--message", "one more"], &when)?;
        command(&place, &cache, &["build", "-q", "-d", &site.display().to_string()])
    })?;
    let changed = median(3, || {
        number += 1;
        let page = &pages[number % pages.len()];
        fs::write(page, format!("{}\nNot committed, number {number}.\n", fs::read_to_string(page)?))?;
        command(&place, &cache, &["build", "-q", "-d", &site.display().to_string()])
    })?;
    let since = format!("HEAD~{}", 7 * 24 * 3600 / STEP);
    let week = median(5, || command(&place, &cache, &["changes", "--since", &since]))?;
    Ok(Costs { cold, committed, changed, week })
}

fn git(place: &Path, arguments: &[&str], when: &str) -> Result<()> {
    let who = [
        ("GIT_AUTHOR_NAME", "Ann"),
        ("GIT_COMMITTER_NAME", "Ann"),
        ("GIT_AUTHOR_EMAIL", "a"),
        ("GIT_COMMITTER_EMAIL", "a"),
    ];
    let mut git = Command::new("git");
    git.arg("-C").arg(place).args(arguments).envs(who).env("GIT_AUTHOR_DATE", when).env("GIT_COMMITTER_DATE", when);
    if git.status()?.success() { Ok(()) } else { Err(format!("git {arguments:?} failed").into()) }
}

/// Writes the repository with one process of git.
fn import(root: &Path, place: &Path) -> Result<()> {
    fs::create_dir_all(place)?;
    git(place, &["init", "--quiet", "--initial-branch=main"], "0 +0000")?;
    let all: Vec<PathBuf> = files(root)?
        .into_iter()
        .filter(|path| path.strip_prefix(root).is_ok_and(|below| !below.starts_with(".git")))
        .collect();
    let pages: Vec<&PathBuf> = all.iter().filter(|path| is_markdown(path)).collect();
    let mut texts: BTreeMap<&PathBuf, Vec<u8>> = BTreeMap::new();
    for path in &all {
        texts.insert(path, fs::read(path)?);
    }
    let mut import =
        Command::new("git").arg("-C").arg(place).args(["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn()?;
    let mut out = std::io::BufWriter::new(import.stdin.take().ok_or("git takes no input")?);
    for number in 0..COMMITS {
        let when = BEGINS + number * STEP;
        write!(out, "commit refs/heads/main\ncommitter A{} <a> {when} +0000\ndata 1\nc\n", number % 7)?;
        let touched: Vec<&PathBuf> =
            if number == 0 { all.iter().collect() } else { vec![pages[number * 7 % pages.len()]] };
        for path in touched {
            let text = texts.get_mut(path).ok_or("every file was read")?;
            if number > 0 {
                write!(text, "\nSentence number {number} is new.\n")?;
            }
            let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            write!(out, "M 644 inline {name}\ndata {}\n", text.len())?;
            out.write_all(text)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    drop(out);
    if !import.wait()?.success() {
        return Err("git cannot import the history".into());
    }
    git(place, &["checkout", "--quiet", "--force", "main"], "0 +0000")?;
    git(place, &["gc", "--quiet"], "0 +0000")
}
