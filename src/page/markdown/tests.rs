use pulldown_cmark::{Event, Tag, TagEnd};

use super::*;
use crate::tracker::Tracker;

const ALL: Rules<'_> = Rules {
    smart_punctuation: true,
    math: true,
    definition_lists: true,
    alerts: true,
    wikilinks: true,
    trackers: &Trackers::NONE,
};

/// What a text means in one line: `a(href text)`, `m(inline)`, `M(display)`, `w(target|label)`, tags of blocks left out
/// but for `dd`, `td` and headings' attributes.
fn meant(text: &str) -> String {
    let mut out = String::new();
    read(text, ALL, &mut |seen, _| match seen {
        Seen::Event(Event::Start(Tag::Link { dest_url, link_type, .. })) => {
            let name = if matches!(link_type, pulldown_cmark::LinkType::WikiLink { .. }) { "w" } else { "a" };
            out += &format!("{name}({dest_url} ");
        }
        Seen::Event(Event::Start(Tag::Image { dest_url, .. })) => out += &format!("i({dest_url} "),
        Seen::Event(Event::End(TagEnd::Link | TagEnd::Image)) => out.push(')'),
        Seen::Event(Event::Start(Tag::Heading { id, classes, .. })) => {
            if id.is_some() || !classes.is_empty() {
                out += &format!("h({} {}) ", id.as_deref().unwrap_or(""), classes.join(" "));
            }
        }
        Seen::Event(Event::Start(Tag::DefinitionListDefinition)) => out += "dd(",
        Seen::Event(Event::End(TagEnd::DefinitionListDefinition)) => out.push(')'),
        Seen::Event(Event::Start(Tag::TableCell)) => out += "td(",
        Seen::Event(Event::End(TagEnd::TableCell)) => out.push(')'),
        Seen::Event(Event::Start(Tag::Emphasis)) => out += "em(",
        Seen::Event(Event::Start(Tag::Strong)) => out += "b(",
        Seen::Event(Event::End(TagEnd::Emphasis | TagEnd::Strong)) => out.push(')'),
        Seen::Event(Event::End(TagEnd::Paragraph | TagEnd::Heading(_))) => out.push('¶'),
        Seen::Event(Event::Start(Tag::CodeBlock(_))) => out += "pre(",
        Seen::Event(Event::End(TagEnd::CodeBlock)) => out.push(')'),
        Seen::Event(Event::Code(code)) => out += &format!("`{code}`"),
        Seen::Event(Event::InlineMath(formula)) => out += &format!("m({formula})"),
        Seen::Event(Event::DisplayMath(formula)) => out += &format!("M({formula})"),
        Seen::Event(Event::Text(text)) => out += &text,
        Seen::Shown { text, .. } => out += &text,
        Seen::Event(Event::SoftBreak | Event::HardBreak) => out.push('/'),
        Seen::Event(Event::Html(html) | Event::InlineHtml(html)) => out += &format!("⟨{}⟩", html.trim()),
        Seen::AlertStart(alert) => out += &format!("{:?}[{}{:?}](", alert.kind, alert.title, alert.fold),
        Seen::AlertEnd(_) => out.push(')'),
        Seen::Event(_) => {}
    });
    out.trim_end_matches('¶').to_owned()
}

fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = (cases.iter())
        .filter_map(|(text, expected)| {
            let meant = meant(text);
            (meant != *expected).then(|| format!("{text:?}\n  is     {meant}\n  should {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Texts that are shown as they are written.
fn check_plain(texts: &[&str]) {
    check(&texts.iter().map(|text| (*text, *text)).collect::<Vec<_>>());
}

#[test]
fn nothing_reaches_into_an_address() {
    let same = |address: &str| assert_eq!(meant(address), format!("a({address} {address})"));
    for address in [
        "https://github.com/acme/shop/compare/v1.0.0...v1.1.0",
        "https://github.com/acme/shop#set--up",
        "https://example.org/it's-ok",
        "https://github.com/acme/shop/blob/main/shop/__init__.py",
        "https://example.org/a*b*c",
        "https://example.org/~ann~bob/x",
        "https://example.org/$a$b",
        "https://example.org/:rocket:/[[x]]",
        "http://localhost:3000",
        "HTTPS://example.org",
        "ftp://a.b/c",
    ] {
        same(address);
    }
    check(&[
        ("ann--lee@example.org", "a(mailto:ann--lee@example.org ann--lee@example.org)"),
        ("*a@b.de* _c@d.fr_", "em(a(mailto:a@b.de a@b.de)) em(a(mailto:c@d.fr c@d.fr))"),
        ("\"https://a.b/q\"", "“a(https://a.b/q https://a.b/q)”"),
        ("[https://a.b/b] url=https://a.b/e", "[a(https://a.b/b https://a.b/b)] url=a(https://a.b/e https://a.b/e)"),
        ("参照https://a.b/g です", "参照a(https://a.b/g https://a.b/g) です"),
        ("**https://a.b/c**", "b(a(https://a.b/c https://a.b/c))"),
        ("*https://a.b/c*d* e", "em(a(https://a.b/c*d https://a.b/c*d)) e"),
        ("(www.a.b/(c)).", "(a(http://www.a.b/(c) www.a.b/(c)))."),
        ("www.a.b/?hl;", "a(http://www.a.b/?hl www.a.b/?hl);"),
        ("see https://a.b/x&amp;", "see a(https://a.b/x https://a.b/x)&"),
        ("[https://a.b/x--y](u)", "a(u https://a.b/x--y)"),
        ("`https://a.b` <b>https://a.b</b>", "`https://a.b` ⟨<b>⟩a(https://a.b https://a.b)⟨</b>⟩"),
        (
            "<a href=\"u\">https://a.b/x--y</a> www.a.b",
            "⟨<a href=\"u\">⟩https://a.b/x--y⟨</a>⟩ a(http://www.a.b www.a.b)",
        ),
        ("| https://a.b/x\\|y |\n|--|\n| a |", "td(a(https://a.b/x|y https://a.b/x|y))td(a)"),
        ("_www._www.a.b", "_a(http://www._www.a.b www._www.a.b)"),
        ("> a\n> https://a.b/_x_\n> b", "a/a(https://a.b/_x https://a.b/_x)_/b"),
    ]);
    check_plain(&[
        "xhttps://a.b",
        "https://",
        "a@b",
        "é@x",
        "www..x_y",
        "a.b-c_d@a.b-",
        "@handle",
        "root@10.0.0.1",
        "https://{host}/x",
    ]);
}

#[test]
fn dollars_are_formulas_only_where_they_can_be_nothing_else() {
    check_plain(&[
        "Between $5-$10 a month.",
        "A plan ($5) and a plan ($10).",
        "It costs $5 or 10$ then.",
        "$5k–$10k, $0.10/$0.20 per GB.",
        "The US$5-US$10 range and US$ or AU$.",
        "Set $HOME/$USER and ${A}/${B}; regex ^a$|^b$.",
        "^(a)$|^(b)$, [a-z]$|[0-9]$, .*$|^x$ and \\w+$/\\s?$",
        "$(pwd)/$(ls) and $@ or $?/$#",
        "$PATH, $HOME and $(pwd)/$(ls).",
        "echo $$; kill $$",
        "Costs $5 and then more$.",
        "$x said and y did$",
    ]);
    check(&[
        ("**$5** or **$10**", "b($5) or b($10)"),
        ("**$x** or **y$**", "b($x) or b(y$)"),
        ("\"$\" and \"$\"", "“$” and “$”"),
        ("[$5 plan](x.md) or [$10 plan](x.md)", "a(x.md $5 plan) or a(x.md $10 plan)"),
        (
            "$x$ $1+1=2$ $a_1*b*c$ $10^{-3}$ $\\alpha$, $3/4$.",
            "m(x) m(1+1=2) m(a_1*b*c) m(10^{-3}) m(\\alpha), m(3/4).",
        ),
        ("$a*b$ and $c*d$", "m(a*b) and m(c*d)"),
        ("$a \\$ b=c$ \\$x$", "m(a \\$ b=c) $x$"),
        ("costs $5, so $x_i$", "costs $5, so m(x_i)"),
        ("$$x$$ $$ y = 1 $$", "M(x) M( y = 1 )"),
        ("*a\n$x$ b\nc* $y$", "em(a/m(x) b/c) m(y)"),
        ("> $$\n> a_1\n> = b\n> $$", "M(a_1\n= b)"),
        ("Inline $`a+b`$ math, a`$`b`$`", "Inline m(a+b) math, a`$`b`$`"),
        ("$\\text{<b>}$ $a <b> c$", "m(\\text{<b>}) $a ⟨<b>⟩ c$"),
        ("[see $x$](u)", "a(u see m(x))"),
        ("| $a$ | $\\|x\\|$ |\n|--|--|\n| $a | b$ |", "td(m(a))td(m(|x|))td($a)td(b$)"),
        ("`$a$` $`", "`$a$` $`"),
        ("https://a.b/$c and $x$", "a(https://a.b/$c https://a.b/$c) and m(x)"),
    ]);
}

#[test]
fn wikilinks_are_names_in_brackets_that_commonmark_leaves() {
    check(&[
        ("[[1]](https://a.b) [[docs]](x.md)", "a(https://a.b [1]) a(x.md [docs])"),
        ("[[3]]\n\n[3]: u", "[a(u 3)]"),
        ("[[a]] [[a|b *c*]] [[a#h|b]]", "w(a a) w(a b em(c)) w(a#h b)"),
        ("![[pic.png]] ![[p/pic.png|100]]", "i(pic.png pic) i(p/pic.png pic)"),
        ("| [[target\\|label]] |\n|--|\n| ![[pic.png\\|100]] |", "td(w(target label))td(i(pic.png pic))"),
        ("[[a--b]] [[__init__]]", "w(a--b a--b) w(__init__ __init__)"),
        ("`[[a]]` [x [[a]] y](u)", "`[[a]]` a(u x [[a]] y)"),
        ("见[[页面]]", "见w(页面 页面)"),
    ]);
    check_plain(&[
        "if [[ -f file ]]; then",
        "[[a,b],[c,d]] [[[a]]] x[[1]] f()[[i]]",
        "[[:alpha:]] [[]] [[ a ]] [[$x]] [[x=1]] [[a",
    ]);
    check(&[("[[\"a\",\"b\"]]", "[[“a”,“b”]]")]);
}

#[test]
fn only_attributes_are_taken_from_headings() {
    check(&[
        ("## GET /users/{id}", "GET /users/{id}"),
        ("## Config ${VAR}", "Config ${VAR}"),
        ("## Returns {id, name}", "Returns {id, name}"),
        ("## Escaped \\{id}", "Escaped {id}"),
        ("## Go struct{}", "Go struct{}"),
        ("## A {}", "A {}"),
        ("## A{#b}", "A{#b}"),
        ("## A {b}", "A {b}"),
        ("## A {#b .c d=e}", "h(b c) A"),
        ("## A {#b} ##", "h(b ) A"),
        ("## A ## {.no-search}", "h( no-search) A"),
        ("A *b* {#c}\n===", "h(c ) A em(b)"),
        ("## `{#a}` {#a b}", "`{#a}` {#a b}"),
        ("Text {#b}", "Text {#b}"),
    ]);
}

#[test]
fn a_definition_is_a_colon_and_a_blank() {
    check(&[
        ("Term\n: what it *is*", "Termdd(what it em(is))"),
        ("Build\n:white_check_mark: green", "Build/✅ green"),
        ("Label:\n::before is a pseudo element", "Label:/::before is a pseudo element"),
        (":::tip Title\nText\n:::", ":::tip Title/Text/:::"),
        ("> a\n> :x", "a/:x"),
        ("a `b\n:c d` e", "a `b :c d` e"),
        ("a [b](\n:c) d", "a a(:c b) d"),
        ("T\n: one `x`\n\n  two $x$", "Tdd(one `x`¶two m(x)¶)"),
        ("```\n:x\n```", "pre(:x\n)"),
        ("```x https://a.b/`c", "```x https://a.b/`c"),
        ("a | b\n:-- | --\nc | d", "td(a)td(b)td(c)td(d)"),
    ]);
}

#[test]
fn codes_of_emoji_stand_by_themselves() {
    check(&[
        ("Done :+1: and :warning: careful :tada::rocket:.", "Done 👍 and ⚠️ careful 🎉🚀."),
        ("[:rocket: go](:x:) **:x:**", "a(:x: 🚀 go) b(❌)"),
        ("`:x:` https://a.b/:x:", "`:x:` a(https://a.b/:x https://a.b/:x):"),
    ]);
    check_plain(&["10:30:45 a::b::c C:\\x: a:x:b :nothing: std:x: :x:y :: :", "10:100:20"]);
}

#[test]
fn alerts_of_other_programs_are_the_nearest_of_githubs() {
    check(&[
        ("> [!faq]- Are they *foldable*?\n> Yes.", "Note[Are they foldable?Closed](Yes.¶)"),
        ("> [!bug]\n> x", "Caution[Never](x¶)"),
        ("> [!NOTE] Mine\n> x", "Note[MineNever](x¶)"),
        ("> [!info] Alone", "Note[AloneNever]()"),
        ("- > [!tip]+ T\n  > x", "Tip[TOpen](x¶)"),
        ("> [!nothing] T\n> x", "[!nothing] T/x"),
        ("> [!info] T\nlazy", "[!info] T/lazy"),
        ("[!info] T", "[!info] T"),
    ]);
}

#[test]
fn smart_punctuation_leaves_options_alone() {
    check(&[
        ("The --force option -- or 3--4 --- \"it's\"...", "The --force option – or 3–4 — “it’s”…"),
        ("-- $x$ --all", "– m(x) --all"),
    ]);
}

#[test]
fn a_table_may_follow_a_line_of_text() {
    let table = "td(Zone)td(Limit)td(North)td(4)";
    check(&[
        ("Limits by zone:\nZone | Limit\n--- | ---\nNorth | 4", &format!("Limits by zone:¶{table}")),
        ("> a\n> b:\n> | Zone | Limit |\n> |---|---|\n> | North | 4 |", &format!("a/b:¶{table}")),
        ("- a\n- b:\n  Zone | Limit\n  --- | ---\n  North | 4", &format!("ab:{table}")),
        ("- a\n- b:\n  Zone | Limit\n  :-- | --:\n  North | 4", &format!("ab:{table}")),
        ("# a\nZone | Limit\n:-- | --:\nNorth | 4", &format!("a¶{table}")),
        ("- a\n- Zone | Limit\n  :-- | --:\n  North | 4", &format!("a{table}")),
        ("| Zone \t| Limit \t|\n|:---:\t|---\t|\n| North\t| 4 |", table),
        ("a\nb | c\n---", "a/b | c"),
        ("a\nb\n--- | ---", "a/b/— | —"),
        ("- a\nb | c\n--- | ---", "a/b | c/— | —"),
        ("```\na\nb | c\n--- | ---\n```", "pre(a\nb | c\n--- | ---\n)"),
    ]);
}

#[test]
fn a_fence_ends_with_blanks_and_tabs_after_it() {
    check(&[
        ("```\na\n```\t\nb", "pre(a\n)b"),
        ("~~~ sh\na\n~~~ \t\nb", "pre(a\n)b"),
        ("> ```\n> a\n> ```\t\n\nb", "pre(a\n)b"),
    ]);
}

/// Pieces that texts of constructs are made of, and what stands beside them in the wild.
const PIECES: &[&str] = &[
    "$",
    "$$",
    "x",
    "a_1",
    "*",
    "**",
    "_",
    "~",
    "[[",
    "]]",
    "[",
    "]",
    "(",
    ")",
    "|",
    "\\|",
    "\\",
    "`",
    "```",
    "<b",
    ">",
    "</b>",
    "<!--",
    "-->",
    "https://a.b/",
    "www.a.b",
    "@",
    "u@v.wx",
    ":",
    ":x:",
    "::",
    ": ",
    "{",
    "}",
    "{#i}",
    " {.c}",
    "#",
    "# ",
    "=",
    "--",
    "---",
    "...",
    "'",
    "\"",
    "\n",
    "\n\n",
    "\n> ",
    "\n- ",
    "\n    ",
    "\t",
    " ",
    "é",
    "漢",
    "😀",
    "&amp;",
    "&",
    ";",
    "[!faq]- ",
    "[^1]",
    "[^1]: ",
    "[x]: u\n",
    "![",
    "](u \"t\n:t\")",
    "| - | - |\n",
    "a | b\n",
    "5",
    "#5",
    "[5q]",
    "a5",
    "<code>",
    "%",
    "\u{1}",
    "\r\n",
    "- [ ] ",
    "\n:",
    "\n~~~\t\n",
];

/// What a text shows, without its places.
fn shown(text: &str) -> String {
    let mut out = String::new();
    let mut last = 0;
    let tracker = |pattern: &str| Tracker::new(pattern, "https://t.example/{n}").unwrap();
    let trackers = Trackers::new(vec![tracker("a{n}"), tracker("#{n}"), tracker("[{n}q]")]);
    read(text, Rules { trackers: &trackers, ..ALL }, &mut |seen, range| {
        assert!(range.end <= text.len() && text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
        last = range.start.max(last);
        match seen {
            Seen::Event(event) => out += &format!("{event:?}"),
            seen => out += &format!("{seen:?}"),
        }
    });
    out
}

proptest::proptest! {
    /// Signs that fill the mask never reach a reader: what is shown has no more of them than what is written.
    #[test]
    fn no_filler_is_ever_shown(picks in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let text: String = picks.iter().map(|pick| PIECES[*pick]).filter(|piece| *piece != "%" && *piece != "\u{1}").collect();
        let out = shown(&text);
        assert!(!out.contains('%') && !out.contains("\\u{1}"), "{text:?}\n{out}");
        let text: String = picks.iter().map(|pick| PIECES[*pick]).collect();
        shown(&text);
    }
}
