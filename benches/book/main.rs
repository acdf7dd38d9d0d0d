//! Measures the program as its users meet it, as whole processes on generated knowledge bases or on any folder.
//!
//! `cargo bench --bench book` prints a table for 1,000 and 10,000 pages, `cargo bench --bench book -- 500` for 500, and
//! `cargo bench --bench book -- FOLDER…` for books that are there, which are copied first. Times of processors are medians;
//! beside them stands how often they hold that of the limit, measured in the same run: a process that reads the same
//! files, parses them with the same parser, indexes them with the same library and writes files of the same names and
//! sizes, and does nothing else.

#![expect(clippy::disallowed_methods, reason = "a measurement works with files, as users do")]

mod allocations;
mod generator;
mod history;
mod limit;
mod preview;
mod process;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use process::{Cost, command, median};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [name, book, site, out] = arguments.as_slice()
        && name == limit::NAME
    {
        return limit::reach(Path::new(book), Path::new(site), Path::new(out));
    }
    let books = if arguments.is_empty() { vec!["1000".to_owned(), "10000".to_owned()] } else { arguments };
    for book in books {
        let folder = tempfile::tempdir()?;
        let root = folder.path().join("book");
        match book.parse() {
            Ok(pages) => {
                fs::create_dir(&root)?;
                generator::write(&root, pages)?;
            }
            Err(_) => copy(Path::new(&book), &root)?,
        }
        measure(&book, &root, folder.path())?;
    }
    Ok(())
}

/// Measures one book, and prints its table.
fn measure(name: &str, root: &Path, beside: &Path) -> Result<()> {
    let cache = beside.join("cache");
    let site_of = |run: usize| beside.join(format!("site-{run}"));
    let build_to = |site: &Path| command(root, &cache, &["build", "-q", "-d", &site.display().to_string()]);
    let mut runs = 0;
    // Each run has a folder of its own: file systems are slow where many files were removed a moment ago.
    let clean = median(3, || {
        runs += 1;
        fs::rename(&cache, beside.join(format!("cache-{runs}"))).or_else(|_| fs::create_dir_all(&cache))?;
        build_to(&site_of(runs))
    })?;
    let site = site_of(runs);
    let build = || build_to(&site);
    let limit = median(3, || {
        runs += 1;
        limit::command(root, &site, &beside.join(format!("limit-{runs}")))
    })?;
    println!("\n{name}: {}\n", counted(root, &site)?);
    println!("| | processor s | of the limit | wall s | peak MiB |\n|---|--:|--:|--:|--:|");
    row("the limit", limit, limit);
    row("`build`, nothing there", clean, limit);
    // Files that are younger than two seconds are not known by their stamps.
    std::thread::sleep(std::time::Duration::from_millis(2500));
    build()?;
    row("`build` again", median(5, build)?, limit);
    let page = some_page(root)?;
    let text = fs::read_to_string(&page)?;
    let mut number = 0;
    let mut edit = || {
        number += 1;
        fs::write(&page, format!("{text}\n\nmark-{number}-mark\n"))
    };
    let changed = median(5, || {
        edit()?;
        build()
    })?;
    row("`build` after a changed page", changed, limit);
    for arguments in [&["list"][..], &["check"], &["governs", "src/main.rs"], &["search", "retry budget"]] {
        let cost = median(5, || {
            edit()?;
            command(root, &cache, arguments)
        })?;
        row(&format!("`{}` after a changed page", arguments[0]), cost, limit);
    }
    fs::write(&page, &text)?;
    let history::Costs { cold, committed, changed, week } = history::costs(root, beside)?;
    row("with 20,000 commits: `build`, nothing there", cold, limit);
    row("`build` after one more commit", committed, limit);
    row("`build` after a changed page there", changed, limit);
    row("`changes` of a week", week, limit);
    let (first, saved) = preview::times(root, &cache, &page)?;
    allocations::table(root, &page)?;
    println!("\nThe preview: first page after {first:.2} s, a save is served after {:.0} ms.", saved * 1000.0);
    Ok(())
}

fn row(what: &str, cost: Cost, limit: Cost) {
    let ratio = cost.processor / limit.processor.max(0.01);
    println!("| {what} | {:.2} | {ratio:.2} | {:.2} | {:.0} |", cost.processor, cost.wall, cost.peak);
}

/// Says how much there is of everything.
fn counted(root: &Path, site: &Path) -> Result<String> {
    let sources = files(root)?;
    let pages: Vec<&PathBuf> = sources.iter().filter(|path| is_markdown(path)).collect();
    let size = |paths: &[&PathBuf]| -> Result<f64> {
        let sizes = paths.iter().map(|path| fs::metadata(path).map(|metadata| metadata.len()));
        Ok(sizes.sum::<std::io::Result<u64>>()? as f64 / 1e6)
    };
    let made = files(site)?;
    let per_page = made.len() as f64 / pages.len().max(1) as f64;
    let (read, written) = (size(&pages)?, size(&made.iter().collect::<Vec<_>>())?);
    Ok(format!("{} pages of {read:.1} MB; {} files of {written:.1} MB, {per_page:.2} a page", pages.len(), made.len()))
}

/// Returns all files below a folder, hidden ones too.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let (mut open, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
}

/// Returns the first page that is no record and no entrance: most edits are of such.
fn some_page(root: &Path) -> Result<PathBuf> {
    let plain = |path: &PathBuf| {
        let name = path.to_string_lossy().to_lowercase();
        is_markdown(path)
            && !["decision", "guideline", "adr", "index", "readme", "summary"].iter().any(|word| name.contains(word))
    };
    let pages = files(root)?;
    let found = pages.iter().find(|path| plain(path)).or_else(|| pages.iter().find(|path| is_markdown(path)));
    Ok(found.ok_or("there is no page")?.clone())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files(from)? {
        let place = to.join(file.strip_prefix(from)?);
        fs::create_dir_all(place.parent().ok_or("a file lies in a folder")?)?;
        fs::copy(file, place)?;
    }
    Ok(())
}
