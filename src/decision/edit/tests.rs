use super::*;
use crate::diagnostic::Span;

fn edit(start: usize, end: usize, text: &str) -> Edit {
    Edit { span: Span { start, end }, replacement: text.to_owned() }
}

#[test]
fn edits_are_made_in_order_and_never_over_each_other() {
    assert_eq!(apply("abc", &[]), Ok("abc".to_owned()));
    assert_eq!(apply("abc", &[edit(3, 3, "!"), edit(0, 1, "x"), edit(1, 1, "y")]), Ok("xybc!".to_owned()));
    for bad in [&[edit(0, 2, ""), edit(1, 3, "")][..], &[edit(0, 9, "")], &[edit(2, 1, "")]] {
        assert!(apply("abc", bad).is_err(), "{bad:?}");
    }
    assert!(apply("é", &[edit(1, 1, "x")]).is_err(), "no letter is cut in two");
}

#[test]
fn a_verb_is_read_as_people_type_it() {
    let words = |word: &str| Told::parse(word).map(|told| (told.words.clone(), told.reversed().map(|told| told.words)));
    let both = |one: &str, other: &str| Some((one.to_owned(), Some(other.to_owned())));
    assert_eq!(words("amends"), both("Amends", "Amended by"));
    assert_eq!(words("amended-by"), both("Amended by", "Amends"));
    assert_eq!(words("Clarifies"), both("Clarifies", "Clarified by"));
    assert_eq!(words("relates-to"), both("Relates to", "Relates to"));
    assert_eq!(words("eats"), None);
}
