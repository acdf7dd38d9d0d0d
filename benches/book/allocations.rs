//! What one page costs in memory that is asked for: the same on every machine, however busy it is.

use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::SystemTime;

use precedent::build::{Given, Memo, Overrides};
use precedent::date::Date;
use precedent::disk::{Book, Cache, Environment};
use precedent::search::Index;

use super::Result;

/// Counts what the program asks of the system's allocator.
struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);
static BYTES: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: every call goes on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        BYTES.fetch_add(layout.size(), Relaxed);
        // SAFETY: the layout is the caller's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the pointer came from the same allocator.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        BYTES.fetch_add(size.saturating_sub(layout.size()), Relaxed);
        // SAFETY: the pointer came from the same allocator, and the layout is the caller's.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// Prints how often a book asks for memory, and for how much, a page: built from nothing, indexed, built after a change of
/// one page, and one page shown ahead of that.
pub fn table(root: &Path, page: &Path) -> Result<()> {
    let today = || Date::new(2026, 11, 2).expect("a day");
    let environment = Environment { today, now: SystemTime::now, cache: Cache::Memory, given: Given::default() };
    let mut book = Book::open(root, &environment)?;
    let (mut memo, overrides) = (Memo::default(), Overrides::default());
    let (build, first) = counted(|| book.build(&mut memo, &overrides));
    let build = build?;
    let pages = build.counts.pages.max(1);
    let index = Index::in_memory(&build.language);
    let (indexed, index_cost) = counted(|| index.sync(&build.contents()));
    indexed?;
    let text = fs::read_to_string(page)?;
    fs::write(page, format!("{text}\n\nmore\n"))?;
    let files = BTreeSet::from([fs::canonicalize(page)?]);
    let (shown, shown_cost) = counted(|| book.refresh(&memo, &build.site, &files));
    let (again, again_cost) = counted(|| book.build(&mut memo, &overrides));
    again?;
    fs::write(page, text)?;
    println!("\n| | allocations | KiB |\n|---|--:|--:|");
    row("`build` from nothing, a page", first, pages);
    row("its index, a page", index_cost, pages);
    row("`build` after a changed page, a page of the book", again_cost, pages);
    if shown.is_some() {
        row("a saved page shown ahead of its build", shown_cost, 1);
    }
    Ok(())
}

/// Does something, and returns how often it asked for memory, and for how many bytes.
fn counted<T>(work: impl FnOnce() -> T) -> (T, (usize, usize)) {
    let before = (ALLOCATIONS.load(Relaxed), BYTES.load(Relaxed));
    let done = work();
    (done, (ALLOCATIONS.load(Relaxed) - before.0, BYTES.load(Relaxed) - before.1))
}

fn row(what: &str, (allocations, bytes): (usize, usize), pages: usize) {
    println!("| {what} | {} | {:.1} |", allocations / pages, bytes as f64 / 1024.0 / pages as f64);
}
