use std::collections::BTreeMap;

use super::*;

/// Expands `page.md`; files are written as `-- name --` sections.
fn check(book: &str) -> (String, Vec<String>) {
    let mut sources = BTreeMap::new();
    for section in book.split("-- ").skip(1) {
        let (name, text) = section.split_once(" --\n").unwrap();
        let path = BookPath::new(name).unwrap();
        sources.insert(path.clone(), Source::new(path, text.as_bytes()));
    }
    let page = &sources[&BookPath::new("page.md").unwrap()];
    let expanded = expand(page, &|path| sources.get(path));
    (
        expanded.text.to_string(),
        expanded.origin.diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect(),
    )
}

const CODE: &str = "-- a.py --\none\n# ANCHOR: x\ntwo\n# ANCHOR_END: x\nthree\n";

#[test]
fn lines_and_regions_are_put_in() {
    for (directive, expected) in [
        ("{{#include a.py}}", "one\ntwo\nthree"),
        ("{{#include a.py:1}}", "one"),
        ("{{#include a.py:5:}}", "three"),
        ("{{#include a.py::1}}", "one"),
        ("{{#include a.py:x}}", "two"),
        ("{{ #include a.py:x }}", "two"),
        ("{{#rustdoc_include a.py:x}}", "# one\ntwo\n# three"),
        (r"\{{#include a.py}}", "{{#include a.py}}"),
        ("{{#template a.py}}", "{{#template a.py}}"),
    ] {
        assert_eq!(
            check(&format!("-- page.md --\n[{directive}]\n{CODE}")),
            (format!("[{expected}]\n"), vec![]),
            "{directive}"
        );
    }
}

#[test]
fn what_cannot_be_put_in_stays_with_a_finding() {
    for (directive, expected) in [
        ("{{#include b.py}}", "the included file `b.py` does not exist"),
        ("{{#include ../b.py}}", "`../b.py` lies outside the book"),
        ("{{#include /etc/passwd}}", "`/etc/passwd` lies outside the book"),
        ("{{#include a.py:y}}", "there is no region `y` in `a.py`"),
        ("{{#include a.py:9}}", "there is no line 9 in `a.py`"),
        ("{{#include page.md}}", "`page.md` includes itself"),
    ] {
        let (text, diagnostics) = check(&format!("-- page.md --\n{directive}\n{CODE}"));
        assert_eq!((text, diagnostics), (format!("{directive}\n"), vec![expected.to_owned()]), "{directive}");
    }
}

#[test]
fn a_loop_through_other_files_ends() {
    let (_, diagnostics) = check("-- page.md --\n{{#include b.md}}\n-- b.md --\n{{#include page.md}}\n");
    assert_eq!(diagnostics, ["`page.md` includes itself"]);
}

#[test]
fn a_bomb_of_includes_is_bounded() {
    let mut book = String::from("-- page.md --\n{{#include f0.md}}\n");
    for level in 0..9 {
        book += &format!("-- f{level}.md --\n{}", format!("{{{{#include f{}.md}}}}\n", level + 1).repeat(40));
    }
    book += &format!("-- f9.md --\n{}\n", "x".repeat(1000));
    let (text, diagnostics) = check(&book);
    assert!(text.len() < 2 * LONGEST && !diagnostics.is_empty());
}

#[test]
fn a_finding_is_moved_to_the_file_it_comes_from() {
    let page = Source::new(BookPath::new("page.md").unwrap(), *b"ab {{#include b.md}} cd");
    let other = Source::new(BookPath::new("b.md").unwrap(), *b"xyz");
    let expanded = expand(&page, &|_| Some(&other));
    let place = |word: &str| {
        let at = expanded.text.find(word).unwrap();
        let moved = expanded.origin.relocate(Diagnostic::new(Code::BrokenLink, &page.path, "").at(at..at + word.len()));
        (moved.path.to_string(), moved.span.unwrap().start)
    };
    assert_eq!(place("yz"), ("b.md".to_owned(), 1));
    assert_eq!(place("cd"), ("page.md".to_owned(), 21));
}
