use proptest::prelude::*;

use super::*;

fn path() -> BookPath {
    BookPath::new("a.md").unwrap()
}

fn check(text: &str, expected: &str) {
    let cut = without_comments(&path(), text);
    assert_eq!(cut.as_ref().map_or(text, |cut| &cut.text), expected, "{text:?}");
}

#[test]
fn comments_are_cut_out() {
    check("a %%b%% c\n", "a c\n");
    check("a%%b%%c\n", "ac\n");
    check("a\n\n%%\nb\n\nc\n%%\n\nd\n", "a\n\n\n\n\n\n\n\nd\n");
    check("a %%b\nc%% d\n", "a\nd\n");
    check("%%a%%%%b%%c\n", "c\n");
    check("%%%%a%%%% b %%c%%\n", "b\n");
    check("> a %%b%%\n> c\n", "> a\n> c\n");
    check("%%\n```\n%%\n\na %%b%%\n", "\n\n\n\na\n");
    check("%%a ` b%% c ` d\n", "c ` d\n");
    check("a \\%% b %%c%% d\n", "a \\%% b d\n");
    check("| a %%b%% | c |\n", "| a | c |\n");
}

#[test]
fn what_is_left_reads_as_before() {
    check("%%a b c%% text\n", "text\n");
    check("- %%a b c%% text\n", "- text\n");
    check("> %%a b c%% text\n", "> text\n");
    check("a  %%b%%\nc\n", "a\nc\n");
    check("a\n- %%b%%\nc\n", "a\n\nc\n");
    check("a %%b%%\r\nc\r\n", "a\r\nc\r\n");
    check("# %%a%% Title %%b%%\n", "# Title\n");
}

#[test]
fn code_holds_no_comments() {
    for text in [
        "`%%a%%`\n",
        "```\n%%time\nx\n%%\n```\n",
        "    %%a%%\n",
        "growth of 5%% a year\n\n```\n%%time\n%%\n```\n",
        "---\ntitle: \"%%a%%\"\n---\n\nb\n",
        "5% and 6%\n",
        "%%%%%%%%\n\na\n",
    ] {
        check(text, text);
    }
}

#[test]
fn a_comment_without_an_end_takes_the_rest() {
    let cut = without_comments(&path(), "a\n\n%% b\n\nc\n").unwrap();
    assert_eq!(cut, Uncommented { text: "a\n\n\n\n\n".to_owned(), unclosed: Some(3) });
    assert_eq!(without_comments(&path(), "a %% b\n"), None);
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "%%", "%%", "%%%", "%", "a", " ", "\n", "\n\n", "`", "``", "```\n", "~~~\n", "    ", "> ", "- ", "\\", "<!--",
        "-->", "$", ": ", "| ", "|-|\n", "ä", "\r\n", "---\n", "\t", "<div>", "[", "](", "*",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]
    #[test]
    fn no_reading_of_what_is_left_has_a_comment(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = pieces.concat();
        let left = without_comments(&path(), &text).map_or(text.clone(), |cut| cut.text);
        let start = front_matter::read(&path(), &text).1;
        for definitions in [false, true] {
            let body = &left[start..];
            prop_assert!(comments(body, &markdown::code(body, definitions)).0.is_empty(), "{text:?} {left:?}");
        }
        prop_assert_eq!(text.matches('\n').count(), left.matches('\n').count());
    }
}
