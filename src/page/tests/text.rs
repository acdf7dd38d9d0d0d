//! The text of sections, from which excerpts are cut.

use super::*;

fn check(text: &str, expected: &str) {
    let page = page(text);
    let found: Vec<&str> = page.content.sections.iter().map(|section| section.text.as_str()).collect();
    assert_eq!(found.join("§"), expected, "{text}");
}

#[test]
fn every_block_item_and_cell_is_a_line() {
    for (text, expected) in [
        ("One\nline.\n\nTwo.  \nThree\\\nfour.\n", "One line.\nTwo.\nThree\nfour.\n"),
        ("- a\n  - b\n    1. c\n- d\n\n  e\n", "a\nb\nc\nd\ne\n"),
        ("- a\n  ***\n  b\n  > c\n\n  d\n", "a\nb\nc\nd\n"),
        ("| A | B |\n|---|---|\n| c | d<br>e |\n| | f |\n", "A\nB\nc\nd\ne\nf\n"),
        ("Term\n: one\n: two\n\nOther\n: three\n", "Term\none\ntwo\nOther\nthree\n"),
        ("> [!NOTE]\n> Text.\n\n> [!tip] A title\n> Text.\n", "Text.\nA title\nText.\n"),
        ("Te[^1]xt[^1].\n\n[^1]: A note.\n\nMore.\n", "Te xt.\nA note.\nMore.\n"),
        ("![What it shows](a.png \"The caption\")\n\nMore.\n", "What it shows\nThe caption\nMore.\n"),
        ("[![a](b.png)](c)[![d](e.png)](f)! ![g](h.png), x\n", "a d! g, x\n"),
        ("<ul><li>a</li><li>b</ul><p>c<p>d<br/> e\n\nf\n", "a\nb\nc\nd\ne\nf\n"),
        ("<table><tr><th>a<th>b<tr><td>c</td><td>d</td></table>\ntext <b>c</b>d\n", "a\nb\nc\nd\ntext cd\n"),
        ("<dl><dt>a</dt><dd>b</dd></dl>\n\n<span>c</span>\n\nd\n", "a\nb\nc\nd\n"),
        ("- a\n  # b\n  c\n", "a\n§c\n"),
    ] {
        check(text, expected);
    }
}

#[test]
fn only_code_begins_with_a_tab() {
    check(
        "- a\n  ```sh title=\"run.sh\"\n  \tx\ty  \n\n   z\n  ```\n- b\n\n      c\n",
        "a\nrun.sh\n\t\tx\ty\n\t z\nb\n\tc\n",
    );
    check("`\tx` a\tb &#9;c&#10;&#9;d\n\n<p>\te\n\tf</p>\n", "x a b c\nd\ne f\n");
    check("{#r-1} A rule.\n\n```\nx\n```\n", "A rule.\n§\tx\n");
}

#[test]
fn formulas_are_no_text_and_the_words_around_them_stay_apart() {
    check("The sum $x^2$, of ($z$).\n\n$$\nx\n$$\n\n```math\nx\n```\n\nEnd.\n", "The sum, of ().\nEnd.\n");
    assert_eq!(page("# The $x$ law\n").outline.title.as_deref(), Some("The x law"));
    let without = parse(&BookPath::new("a.md").unwrap(), &"```math\nx\n```\n".into(), &Options { math: false, ..ALL });
    assert_eq!(without.content.sections[0].text, "\tx\n");
}

#[test]
fn a_diagram_has_the_words_that_it_shows() {
    check("a\n```mermaid\nflowchart LR\n  A[Start here] -->|soon| B\n```\nb\n", "a\nStart here\nsoon\nB\nb\n");
    check("```mermaid\nno diagram \"but words\"\n```\n", "but words\n");
}

#[test]
fn a_wikilink_without_a_label_is_marked() {
    let page = page("See [[other-page]], [[x|it]] and  [[more#part]].\n");
    let section = &page.content.sections[0];
    assert_eq!(section.text, "See other-page, it and more#part.\n");
    let title = |link: usize| [Some("Other\n\tpage"), Some("never"), None][link];
    assert_eq!(section.text_with(title), "See Other page, it and more#part.\n");
    assert_eq!(section.text_with(|_| Some("T")), "See T, it and T.\n");
}

#[test]
fn the_text_is_the_same_however_much_is_made_of_a_page() {
    let text = "# H\n\n`a` $b$ [[c]]\n\n```mermaid\ngraph TD\nA-->B[c]\n```\n\n```mermaid\nbroken [\n```\n\n```math\nx\n```\n\n```rs\ny\n```\n";
    let read =
        |detail| parse(&BookPath::new("a.md").unwrap(), &text.into(), &Options { detail, ..ALL }).content.sections;
    assert_eq!(read(Detail::Text), read(Detail::Full));
}

#[test]
fn the_summary_after_a_rule_is_the_whole_paragraph() {
    assert_eq!(page("{#abc} é.\n\nHow it is done.\n").outline.description, "How it is done.");
    assert_eq!(page("{#abc} x\n\néééé\n").outline.description, "éééé");
}
