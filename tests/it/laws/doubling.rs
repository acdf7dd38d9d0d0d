//! Twice the text takes twice the work, and not four times: no short text keeps the program busy for hours.
//!
//! What is counted is the processor time of the thread, of eight times the text against once: eight where the work grows
//! with the text, sixty-four where it grows with its square. The bound lies far from both.

use std::sync::Arc;
use std::time::Duration;

use nix::time::{ClockId, clock_gettime};
use precedent::page::{Detail, Options, parse};
use precedent::path::BookPath;

/// Between the two, and nearer to the square.
const BOUND: u32 = 28;

/// What takes less than this is not worth a comparison.
const SHORT: Duration = Duration::from_millis(2);

const OPTIONS: Options = Options {
    detail: Detail::Text,
    smart_punctuation: true,
    math: true,
    definition_lists: true,
    alerts: true,
    wikilinks: true,
    trust_html: false,
    vault: true,
    trackers: precedent::tracker::Trackers::NONE,
};

fn cost(text: String) -> Duration {
    cost_with(text, &OPTIONS)
}

/// Where findings are made of the text, too.
fn cost_in_full(text: String) -> Duration {
    cost_with(text, &Options { detail: Detail::Full, ..OPTIONS })
}

fn cost_with(text: String, options: &Options) -> Duration {
    let (path, text): (_, Arc<str>) = (BookPath::new("a.md").unwrap(), text.into());
    let now = || Duration::from(clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).unwrap());
    let before = now();
    std::hint::black_box(parse(&path, &text, options));
    now() - before
}

/// Compares a shape with eight times itself. A machine that is disturbed once gets another chance.
fn check(name: &str, size: usize, shape: impl Fn(usize) -> String) {
    check_by(name, size, shape, cost);
}

fn check_by(name: &str, size: usize, shape: impl Fn(usize) -> String, cost: impl Fn(String) -> Duration) {
    let mut seen = (Duration::ZERO, Duration::ZERO);
    for _ in 0..3 {
        seen = (cost(shape(size)), cost(shape(size * 8)));
        if seen.1 <= seen.0.max(SHORT) * BOUND {
            return;
        }
    }
    panic!("{name}: {:?} for {size}, and {:?} for eight times as much", seen.0, seen.1);
}

/// How often a shape is repeated for the smaller of both.
const SOME: usize = 2000;

#[test]
fn addresses() {
    check("ends of an address", SOME * 4, |n| "http://a.b/".to_owned() + &")".repeat(n));
    check("beginnings in one name", SOME, |n| "_www.".repeat(n));
    check("beginnings in one name, which is none", SOME, |n| "_www.".repeat(n) + "a_b");
    check("beginnings in one address", SOME, |n| "*http://a".repeat(n));
    check("addresses", SOME, |n| "www.a.b ".repeat(n));
    check("entities at the end", SOME, |n| "http://a.b/".to_owned() + &"&amp;".repeat(n));
    check("marks at the end", SOME, |n| "http://a.b/".to_owned() + &"*;!".repeat(n));
    check("mail", SOME, |n| "a@b.".repeat(n));
    check("mail without a name", SOME, |n| "a".repeat(n) + &"@".repeat(n));
}

#[test]
fn headings_and_names() {
    check("headings of one name", SOME / 2, |n| "# a\n\n".repeat(n));
    check("headings with one id", SOME / 2, |n| "# a {#x}\n\n".repeat(n));
    check("headings whose names are numbered", SOME / 2, |n| (0..n).map(|at| format!("# a\n\n# a-{at}\n\n")).collect());
    check("rules", SOME / 2, |n| "- {#a} x\n".repeat(n));
    check("notes", SOME / 2, |n| {
        let part = |form: &str| (0..n).map(|at| form.replace('#', &at.to_string())).collect::<String>();
        part("[^#] ") + "\n\n" + &part("[^#]: x\n\n")
    });
    check("one note", SOME, |n| "[^a] ".repeat(n) + "\n\n[^a]: x\n");
    check("terms", SOME / 4, |n| {
        "---\nglossary: true\n---\n".to_owned() + &(0..n).map(|at| format!("a{at}\n: x\n\n")).collect::<String>()
    });
    check("tasks", SOME / 2, |n| "- [ ] x\n".repeat(n));
    check("tasks with ids", SOME / 2, |n| "- [ ] {#a} x\n".repeat(n));
    check("captions", SOME / 2, |n| "![a](b.png \"c\")\n\n".repeat(n));
    check("images in one paragraph", SOME / 2, |n| "![a](b.png \"c\")\n".repeat(n));
}

#[test]
fn blocks() {
    check("tables", SOME / 4, |n| "|a|b|\n|-|-|\n|c|d|\n\n".repeat(n));
    check("rows", SOME, |n| "|a|b|\n|-|-|\n".to_owned() + &"|c|d|\n".repeat(n));
    check("tabs", SOME / 4, |n| "<!-- tabs -->\n\n## a\n\nx\n\n<!-- /tabs -->\n\n".repeat(n));
    check("labels of one group", SOME / 4, |n| "<!-- tabs -->\n\n".to_owned() + &"## a\n\nx\n\n".repeat(n));
    check("code", SOME / 2, |n| "```text\na # (1)\n```\n\n1. x\n\n".repeat(n));
    check("lines of code", SOME * 2, |n| "```rust {1-9}\n".to_owned() + &"# a\nb\n".repeat(n));
    check("paragraphs", SOME, |n| "a b c\n\n".repeat(n));
    check("formulas", SOME / 4, |n| "$a^2$ ".repeat(n));
}

#[test]
fn what_is_guarded() {
    for sign in [
        "$", "$$", "$a ", "$5 ", "$`a`$", "\\$", "*$a* $b ", "[[", "[[a", "]]", "[[a|", ":", ":x", ":x:", "{", "{#a",
        "\n:", "\n: x\n",
    ] {
        check(sign, SOME, |n| sign.repeat(n));
    }
    check("unclosed formulas", SOME, |n| "$$ ".to_owned() + &"$ ".repeat(n));
    check("schemes", SOME, |n| "https://a_b.".repeat(n));
    check("alerts", SOME / 4, |n| "> [!faq]- x\n> y\n\n".repeat(n));
    check("attributes", SOME / 2, |n| "# a {".to_owned() + &"#b ".repeat(n) + "}");
    check("tables after text", SOME / 4, |n| "a\nb | c\n- | -\nd | e\n\n".repeat(n));
    check("text that is no table", SOME / 2, |n| "a\n- | -\n".repeat(n));
}

#[test]
fn other_dialects() {
    for sign in [
        "!!! a\n    b\n",
        "=== \"a\"\n",
        ":::a\n",
        ":::\n",
        "{ .a }",
        "{: .a }\n",
        "[a](b){ .c }",
        "<Ab",
        "<Ab>",
        "</Ab>",
        "<Ab/> ",
        "%%",
        "%% ",
        "a%%b ",
        "%%a%% ",
        "#a ",
        "^a\n",
        "{% a %}\n",
        "{{<a",
        "{{< a >}}",
        "{{% ",
        ".. a::\n",
        ":ref:`a` ",
        ":a",
        "import a from 'b'\n",
        "export const a = b\n",
        "![[a]] ",
        "```dataview\n```\n",
    ] {
        check_by(sign, SOME, |n| sign.repeat(n), cost_in_full);
    }
    check_by("open elements of one that ends", SOME, |n| "<Ab ".repeat(n) + "</Ab>", cost_in_full);
}

#[test]
fn comments_of_vaults() {
    let cost_of = |text: String| {
        let before = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).unwrap();
        std::hint::black_box(precedent::page::without_comments(&BookPath::new("a.md").unwrap(), &text));
        Duration::from(clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).unwrap()) - Duration::from(before)
    };
    for sign in
        ["%%", "%% ", "%%a%% ", "%%a\n", "`%%` ", "`%%", "%%\n```\n", "%%%a ", "\\%% ", "- %%a%%\n", "    %%\n\na %% "]
    {
        check_by(sign, SOME, |n| sign.repeat(n), cost_of);
    }
    let shorter = |n: usize| (0..n.min(3000)).map(|at| "%".repeat((3000 - at) / 100 + 2) + "a ").collect();
    check_by("rows of signs, each shorter", SOME, shorter, cost_of);
}

#[test]
fn html_and_links() {
    check("elements", SOME / 2, |n| "<b>x</b> ".repeat(n));
    check("open elements", SOME / 2, |n| "<b>".repeat(n));
    check("elements in a block", SOME, |n| "<div>\n".to_owned() + &"<p>x</p>\n".repeat(n) + "</div>\n");
    check("scripts", SOME / 2, |n| "a <script>x</script> ".repeat(n));
    check("open scripts", SOME / 2, |n| "a <script> ".repeat(n));
    check("open comments", SOME / 2, |n| "a <!-- ".repeat(n));
    check("links of the author's", SOME / 2, |n| (0..n).map(|at| format!("<a href=\"p{at}.md\">x</a> ")).collect());
    check("links that stand once, at the end", SOME / 4, |n| "<a href=\"&#112;.md\">x</a> ".repeat(n));
    check("wikilinks", SOME / 2, |n| "[[a]] ".repeat(n));
    check("references", SOME / 2, |n| "[a][b] ".repeat(n) + "\n\n[b]: /x\n");
}
