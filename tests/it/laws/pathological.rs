//! Law 4, continued: shapes of Markdown on which readers have crashed, or worked for hours.

use std::sync::mpsc;
use std::time::Duration;

use precedent::build::Build;
use precedent::page::{Detail, LONGEST, Options, Page, parse};
use precedent::path::BookPath;

use crate::memory::{Files, built};

/// What takes longer hangs: no statement about speed, and wide enough for a busy machine.
const DEADLINE: Duration = Duration::from_secs(240);

/// Builds a page of its own thread, so that a hang is a failure and not the end of all tests.
fn build_in_time(name: &str, text: String) -> Build {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let files = Files::from([("a.md".to_owned(), text.into_bytes())]);
        // Nobody may be waiting any more.
        let _ = send.send(built(&files));
    });
    match receive.recv_timeout(DEADLINE) {
        Ok(build) => build,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{name} takes longer than {DEADLINE:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => panic!("{name} panics"),
    }
}

/// Reads a page, on a thread of its own too: for code and diagrams, of which the rest of a site knows nothing.
fn read_in_time(name: &str, text: String) -> Page {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        // Nobody may be waiting any more.
        let _ = send.send(parse(&BookPath::new("a.md").unwrap(), &text.into(), &OPTIONS));
    });
    receive.recv_timeout(DEADLINE).unwrap_or_else(|error| panic!("{name}: {error}"))
}

const OPTIONS: Options = Options {
    detail: Detail::Full,
    smart_punctuation: true,
    math: true,
    definition_lists: true,
    alerts: true,
    wikilinks: true,
    trust_html: false,
    vault: false,
    trackers: precedent::tracker::Trackers::NONE,
};

/// Reads code or a diagram of one size and of twice the size.
fn check_code(name: &str, size: usize, shape: impl Fn(usize) -> String) {
    for size in [size / 2, size] {
        read_in_time(&format!("{name} of {size}"), shape(size));
    }
}

/// Builds a shape of one size and of twice the size.
fn check(name: &str, size: usize, shape: impl Fn(usize) -> String) {
    for size in [size / 2, size] {
        build_in_time(&format!("{name} of {size}"), shape(size));
    }
}

const MANY: usize = 20_000;

#[test]
fn nested_blocks() {
    check("quotes", MANY, |n| "> ".repeat(n) + "x\n");
    check("quotes without spaces", MANY, |n| ">".repeat(n) + "x\n");
    check("bullets on a line", MANY, |n| "- ".repeat(n) + "x\n");
    check("bullets and quotes", MANY, |n| "- > ".repeat(n / 2) + "x\n");
    check("nested list", 1000, |n| (0..n).map(|depth| "  ".repeat(depth) + "- x\n").collect());
    check("nested numbers", 1000, |n| (0..n).map(|depth| "   ".repeat(depth) + "1. x\n").collect());
    check("stairs of quotes", 1000, |n| (0..n).map(|depth| ">".repeat(depth) + " x\n\n").collect());
    check("alerts in alerts", 1000, |n| (0..n).map(|depth| "> ".repeat(depth) + "[!NOTE]\n").collect());
}

#[test]
fn brackets() {
    check("open brackets", MANY, |n| "[".repeat(n));
    check("open and closed brackets", MANY, |n| "[".repeat(n) + &"]".repeat(n));
    check("open images", MANY, |n| "![".repeat(n));
    check("links in links", MANY, |n| "[a](".repeat(n) + &")".repeat(n));
    check("brackets and angles", MANY, |n| "[a](<b".repeat(n));
    check("brackets that close nothing", MANY, |n| "a]".repeat(n));
    check("open wikilinks", MANY, |n| "[[".repeat(n));
    check("wikilinks in wikilinks", MANY, |n| "[[a|".repeat(n) + &"]]".repeat(n));
    check("images in images", 5000, |n| "![".repeat(n) + &"](a)".repeat(n));
    check("footnotes", MANY, |n| {
        (0..n).map(|number| format!("[^{number}] ")).collect::<String>()
            + "\n\n"
            + &(0..n).map(|number| format!("[^{number}]: x\n\n")).collect::<String>()
    });
    check("one footnote, many references", MANY, |n| "[^a] ".repeat(n) + "\n\n[^a]: x\n");
    check("footnotes in footnotes", 2000, |n| {
        (0..n).map(|number| format!("[^{number}]: [^{}]\n\n", number + 1)).collect::<String>() + "[^0]\n"
    });
    check("footnote definitions in each other", MANY, |n| "[^a]:".repeat(n) + "x\n");
    check("reference definitions", MANY, |n| {
        (0..n).map(|number| format!("[r{number}]: /x\n")).collect::<String>() + &"[r1] ".repeat(n)
    });
    check("definitions of one name", MANY, |n| "[r]: /x\n".repeat(n) + "\n" + &"[r]".repeat(n));
    check("references that nothing defines", MANY, |n| (0..n).map(|number| format!("[a][n{number}] ")).collect());
}

#[test]
fn tabs_notes_and_terms() {
    check("open tabs", MANY, |n| "<!-- tabs -->\n".repeat(n) + "## a\n");
    check("tabs", MANY, |n| "<!-- tabs -->\n## a\n".repeat(n));
    check("tabs of one group", MANY, |n| "<!-- tabs -->\n".to_owned() + &"## a\n".repeat(n));
    check("tabs in quotes", 1000, |n| (0..n).map(|depth| ">".repeat(depth) + "<!-- tabs -->\n").collect());
    check("blocks with notes", 2000, |n| "```text\na # (1)\n```\n1. x\n\n".repeat(n));
    check("one block with many notes", MANY, |n| {
        format!("```text\n{}```\n{}", "a # (99)\n".repeat(n), "1. x\n".repeat(n))
    });
    let glossary = |list: String, terms: String| format!("---\nglossary: {list}\n---\n{terms}");
    check("terms", MANY, |n| glossary("true".to_owned(), (0..n).map(|at| format!("a {at}\n: x\n\n")).collect()));
    check("names of one term", MANY, |n| glossary("true".to_owned(), "a b\n".repeat(n) + ": x\n"));
    check("a list of terms", 5000, |n| {
        let names: Vec<String> = (0..n).map(|at| format!("a{at}")).collect();
        glossary(format!("[{}]", names.join(", ")), names.iter().map(|name| format!("{name}\n: x\n\n")).collect())
    });
    // Where names begin alike, a text of beginnings is looked up again and again.
    let alike: String = (0..1000).map(|at| "a ".repeat(at % 16) + &format!("b{at}\n: x\n\n")).collect();
    let files = Files::from([
        ("words.md".to_owned(), glossary("true".to_owned(), alike).into_bytes()),
        ("a.md".to_owned(), "a ".repeat(1_000_000).into_bytes()),
    ]);
    built(&files);
}

#[test]
fn emphasis_and_code() {
    check("stars", MANY, |n| "*".repeat(n) + "a" + &"*".repeat(n));
    check("stars and words", MANY, |n| "*a ".repeat(n));
    check("stars and underlines", MANY, |n| "*a_".repeat(n));
    check("both ways", MANY, |n| "*a **a ".repeat(n / 2));
    check("emphasis that closes nothing", MANY, |n| "a**b".repeat(n) + &"c* ".repeat(n));
    check("tildes", MANY, |n| "~~a~".repeat(n));
    check("backticks of growing length", 1000, |n| (1..n).map(|length| "e".to_owned() + &"`".repeat(length)).collect());
    check("backticks", MANY, |n| "`a``".repeat(n));
    check("dollars", MANY, |n| "$a$$".repeat(n));
    check("open dollars", MANY, |n| "a $b ".repeat(n));
    check("nested braces in math", 8000, |n| "$".to_owned() + &"{".repeat(n) + &"}".repeat(n) + "$\n");
    check("nested fractions", 1500, |n| "$".to_owned() + &"\\frac{".repeat(n) + "1" + &"}{1}".repeat(n) + "$\n");
    check("open environments", 1000, |n| "$$".to_owned() + &"\\begin{matrix}".repeat(n) + "$$\n");
    check("quotation marks", MANY, |n| "\"'".repeat(n));
    check("entities", MANY, |n| "&".repeat(n) + &"&amp".repeat(n));
    check("backslashes", MANY, |n| "\\".repeat(n));
}

#[test]
fn tables_and_headings() {
    check("columns", MANY, |n| format!("{}\n{}\n{}\n", "|a".repeat(n), "|-".repeat(n), "|b".repeat(n)));
    check("rows without cells", 2000, |n| format!("{}\n{}\n{}", "|a".repeat(n), "|-".repeat(n), "|\n".repeat(n)));
    check("tables that are none", MANY, |n| "|".repeat(n) + "\n" + &"|-".repeat(n / 2));
    check("headings", MANY, |n| "# a\n".repeat(n));
    check("headings of one attribute", MANY, |n| "# a {#x}\n".repeat(n));
    check("attributes of one heading", MANY, |n| "# a {".to_owned() + &".x ".repeat(n) + "}\n");
    check("definition lists", MANY, |n| "a\n: b\n\n".repeat(n));
    check("rules", MANY, |n| "***\n".repeat(n));
    check("tasks", 5000, |n| "- [ ] x\n".repeat(n));
    check("nested tasks", 500, |n| (0..n).map(|depth| "  ".repeat(depth) + "- [ ] x\n").collect());
}

#[test]
fn html() {
    check("open elements", MANY, |n| "<div>".repeat(n));
    check("open elements on lines", MANY, |n| "<div>\n\n".repeat(n));
    check("elements closed in the wrong order", MANY, |n| "<b><div></b>".repeat(n));
    check("elements closed in comments", MANY, |n| "<div><!-- </div> -->\n".repeat(n));
    check("deep emphasis beside an element", MANY, |n| "*a ".repeat(n) + &" a*".repeat(n) + " <b>x</b>\n");
    check("deep links beside an element", 2000, |n| "[a **b ".repeat(n) + &"** ](c)".repeat(n) + " <b>x</b>\n");
    check("inline elements", MANY, |n| "a <b>".repeat(n));
    check("formatting that browsers adopt", 2000, |n| "x <a><b><i><em>".repeat(n));
    check("open comments", MANY, |n| "a <!--".repeat(n));
    check("open instructions", MANY, |n| "a <?".repeat(n));
    check("open declarations", MANY, |n| "a <!A ".repeat(n));
    check("open CDATA", MANY, |n| "a <![CDATA[".repeat(n));
    check("open tags", MANY, |n| "<a b=\"".repeat(n));
    check("angles", MANY, |n| "<".repeat(n));
    check("addresses", MANY, |n| "<https://a.b> https://a.b/( a@b.c ".repeat(n / 4));
    check("long address", MANY, |n| "https://a.b/".to_owned() + &"(".repeat(n) + &")".repeat(n));
    check("signs of addresses", MANY, |n| "www.".repeat(n) + &"a@".repeat(n) + &"http://".repeat(n));
    check("ends of addresses", MANY, |n| "https://a.b/".to_owned() + &"&a;".repeat(n) + &")".repeat(n));
}

#[test]
fn long_lines_and_large_files() {
    check("a line of words", 1 << 20, |n| "word ".repeat(n / 5));
    check("a word", 1 << 20, |n| "a".repeat(n));
    check("a line of white space", 1 << 20, |n| " ".repeat(n) + "x");
    check("one fence that stays open", 1 << 20, |n| "```rust\n".to_owned() + &"fn a() { b(\"c\"); }\n".repeat(n / 19));
    check("one line of a language", 1 << 18, |n| "```js\n".to_owned() + &"a(".repeat(n / 2) + "\n```\n");
    check("fences", 2000, |n| "```json\n{\"a\":1}\n```\n".repeat(n));
    check("lines ended the old way", 1 << 18, |n| "a\r".repeat(n / 2));
}

#[test]
fn front_matter_that_explodes() {
    let bomb: String = (0..30)
        .map(|level| {
            format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(",")).replace("*a-1", "x")
        })
        .collect();
    build_in_time("an alias bomb", format!("---\n{bomb}---\n# A\n"));
    check("nested flow", MANY, |n| format!("---\ntitle: {}{}\n---\n", "[".repeat(n), "]".repeat(n)));
    check("nested blocks of YAML", 2000, |n| {
        format!("---\n{}---\n", (0..n).map(|depth| " ".repeat(depth) + "a:\n").collect::<String>())
    });
    check("nested TOML", MANY, |n| format!("+++\na = {}{}\n+++\n", "[".repeat(n), "]".repeat(n)));
    check("dotted TOML", MANY, |n| format!("+++\na{} = 1\n+++\n", ".a".repeat(n)));
    check("front matter that stays open", MANY, |n| "---\n".to_owned() + &"a: b\n".repeat(n));
}

#[test]
fn diagrams_that_never_end() {
    check("a wide diagram", 200, |n| {
        format!(
            "```mermaid\nflowchart LR\n{}```\n",
            (0..n).map(|number| format!("a{number} --> a{}\n", number + 1)).collect::<String>()
        )
    });
    check("a dense diagram", 12, |n| {
        format!(
            "```mermaid\nflowchart LR\n{}```\n",
            (0..n * n).map(|at| format!("a{} --> a{}\n", at % n, at / n)).collect::<String>()
        )
    });
    check("nested subgraphs", 60, |n| {
        format!("```mermaid\nflowchart LR\n{}a-->b\n{}```\n", "subgraph x\n".repeat(n), "end\n".repeat(n))
    });
    check("brackets in a diagram", 5000, |n| format!("```mermaid\nflowchart LR\na{}\n```\n", "[".repeat(n)));
}

/// Code on which a grammar ended the program, or wrote past what it had.
#[test]
fn code_that_a_grammar_cannot_hold() {
    let block = |language: &str, code: String| format!("```{language}\n{code}\n```\n");
    let stairs = |n: usize, line: &dyn Fn(usize) -> String| (0..n).map(line).collect::<String>();
    for count in [126, 250, 251, 253, 254, 255, 256, 300, 1000, 20_000] {
        for sign in ["- ", "? ", ": ", "-\t", "- - ? : ", "- |\n", "? >-\n", "&a - ", "!t - "] {
            read_in_time(&format!("{count} of `{sign}`"), block("yaml", sign.repeat(count) + "x"));
        }
    }
    check_code("keys in keys", 400, |n| block("yaml", stairs(n, &|at| " ".repeat(at) + "a:\n")));
    check_code("lists in lists", 400, |n| block("yaml", stairs(n, &|at| " ".repeat(at) + "- a\n")));
    check_code("open strings in lists", 400, |n| block("yml", stairs(n, &|at| " ".repeat(at) + "- a: \"\n")));
    check_code("keys of a flow", MANY, |n| block("yaml", "{a: ".repeat(n)));
    check_code("texts in texts", 400, |n| block("yaml", stairs(n, &|at| " ".repeat(at) + "a: |\n")));
    // One open string makes the size odd, on which the scanner for Python writes a byte too much.
    for before in ["", "f'''{\n", "(", "x = '"] {
        let width = |at: usize| "\t".repeat(at / 8) + &" ".repeat(at % 8);
        check_code("tabs of Python", 520, |n| {
            block("python", before.to_owned() + &stairs(n, &|at| width(at) + "if x:\n"))
        });
        check_code("continued lines of Python", 600, |n| {
            block("py", before.to_owned() + &stairs(n, &|at| " \\\n".repeat(at % 40) + "if x:\n"))
        });
    }
    for language in ["javascript", "typescript", "html", "bash", "rust", "hcl", "dockerfile", "python"] {
        let inner = "- ".repeat(300);
        for code in [
            format!("yaml`{inner}`"),
            format!("/* yaml */ `{inner}`"),
            format!("<script type=\"yaml\">{inner}</script>"),
            format!("cat <<yaml\n{inner}\nyaml\n"),
        ] {
            read_in_time(language, block(language, code));
        }
    }
    check_code("tags of HTML", MANY, |n| block("html", "<a-b>".repeat(n)));
    check_code("documents in Bash", 2000, |n| block("bash", "cat <<A <<-B ".repeat(n) + "\n"));
    check_code("documents in a Dockerfile", 2000, |n| block("dockerfile", "RUN <<A <<B\n".repeat(n)));
    check_code("templates of HCL", 2000, |n| block("hcl", "a = \"".to_owned() + &"${\"".repeat(n)));
    check_code("templates of scripts", 2000, |n| block("js", "`${".repeat(n)));
    check_code("strings of Rust", 2000, |n| block("rust", format!("r{}\"", "#".repeat(n))));
}

#[test]
fn long_code_in_yaml_keeps_its_colours() {
    let entry = |at: usize| format!("  key{at}:\n    - name: \"a\"\n      run: |\n        echo - x: y\n");
    let code: String = (0..200).map(entry).collect();
    let build = build_in_time("a long block of YAML", format!("```yaml\nall:\n{code}```\n"));
    let html = crate::memory::text(&build, "a.html");
    assert_eq!(html.matches("<span class=\"property\">run</span>").count(), 200, "{html:.6000}");
    assert_eq!(build.findings, []);
}

#[test]
fn diagrams_in_diagrams() {
    // As deep as the longest diagram goes: whoever reads them by recursion needs the stack for it.
    let deep = |kind: &str, open: &str, middle: &str, close: &str| {
        let most = 60_000 / (open.len() + close.len()).max(1);
        for n in [most / 50, most] {
            let text = format!("{kind}\n{}{middle}{}", open.repeat(n), close.repeat(n));
            read_in_time(&format!("{n} of `{open}` in {kind}"), format!("~~~~mermaid\n{text}\n~~~~\n"));
        }
    };
    for kind in ["flowchart LR", "graph TD"] {
        deep(kind, "subgraph x\n", "a-->b\n", "end\n");
        deep(kind, "a[", "", "]");
        deep(kind, "a-->", "b", "");
        deep(kind, "(", "", ")");
        deep(kind, "a & ", "b", "");
    }
    deep("sequenceDiagram", "loop x\n", "A->>B: x\n", "end\n");
    deep("sequenceDiagram", "alt x\n", "A->>B: x\n", "else y\nend\n");
    deep("sequenceDiagram", "rect rgb(0,0,0)\n", "A->>B: x\n", "end\n");
    deep("stateDiagram-v2", "state a {\n", "b --> c\n", "}\n");
    deep("classDiagram", "namespace a {\n", "class B\n", "}\n");
    deep("classDiagram", "class A~", "B", "~");
    deep("erDiagram", "A {\n", "string b\n", "}\n");
    deep("C4Context", "Boundary(a, \"b\") {\n", "Person(c, \"d\")\n", "}\n");
    deep("block-beta", "block\n", "a\n", "end\n");
    deep("requirementDiagram", "requirement a {\n", "id: 1\n", "}\n");
    deep("quadrantChart", "[", "", "]");
    deep("gitGraph", "branch a\ncommit\n", "", "merge a\n");
    deep("%%{init: ", "{\"a\": ", "1", "}");
    deep("%%{init: ", "[", "1", "]");
    deep("---\nconfig: ", "[", "1", "]");
    deep("---\nconfig: ", "{a: ", "1", "}");
    for kind in ["mindmap", "kanban", "timeline", "journey", "treemap-beta", "block-beta"] {
        check_code(kind, 300, |n| {
            format!("~~~~mermaid\n{kind}\n{}~~~~\n", (0..n).map(|at| " ".repeat(at + 1) + "a\n").collect::<String>())
        });
    }
}

#[test]
fn code_that_is_much_work() {
    for (language, unit) in [
        ("json", "["),
        ("javascript", "a("),
        ("javascript", "`${"),
        ("javascript", "{ try { } catch { (, e"),
        ("yaml", "a: [{"),
        ("rust", "a<"),
        ("rust", "|a|{"),
        ("python", "(["),
        ("bash", "$(("),
        ("bash", "\"$(a \""),
        ("html", "<a>"),
        ("html", "<a></b>"),
        ("c", "#if (\n"),
        ("c", "(a)(b)*c"),
        ("typescript", "a<b("),
        ("typescript", "i < 0 ? (l) : ([i + 1]);"),
        ("css", "a{b:c("),
        ("go", "func(a["),
        ("java", "a<b<c>("),
        ("hcl", "a = \"${"),
        ("dockerfile", "RUN a <<A\n"),
        ("toml", "a=[{"),
        ("diff", "+a\n-b\n"),
    ] {
        let text = format!("~~~~~{language}\n{}\n~~~~~\n", unit.repeat(30_000 / unit.len()));
        let page = read_in_time(&format!("`{unit}` in {language}"), text);
        let stopped = page.outline.diagnostics.iter().find(|finding| finding.code.name() == "too-much-work");
        assert!(stopped.is_none(), "`{unit}` in {language}: {stopped:?}");
    }
}

#[test]
fn includes_that_multiply() {
    let mut files = Files::new();
    for number in 0..12 {
        files.insert(format!("p{number}.md"), format!("{{{{#include p{}.md}}}}\n", number + 1).repeat(10).into());
    }
    files.insert("self.md".into(), b"x {{#include self.md}} {{#include self.md}}\n".to_vec());
    let build = built(&files);
    assert!(
        build
            .findings
            .iter()
            .any(|finding| finding.code.name() == "include-cycle" || finding.message.contains("includes itself")),
        "{:?}",
        build.findings.first()
    );
}

#[test]
fn includes_that_are_small_and_read_much() {
    let mut files = Files::from([("big.txt".to_owned(), "x\n".repeat(1 << 19).into_bytes())]);
    files.insert("a.md".to_owned(), "{{#include big.txt:1:1}}\n".repeat(2000).into_bytes());
    let build = built(&files);
    assert_eq!(build.findings.iter().filter(|finding| finding.code.name() == "broken-include").count(), 1);
    assert!(build.artifacts.len() > 5);
}

#[test]
fn only_the_beginning_of_a_huge_page_is_shown() {
    let build = build_in_time("a huge page", "x ".repeat(LONGEST / 2 + 1000));
    assert_eq!(build.findings.iter().filter(|finding| finding.code.name() == "too-large").count(), 1);
}

#[test]
fn depth_in_every_other_file() {
    let page = |n: usize, name: &str, text: String| {
        let mut files = crate::memory::files("-- a.md --\n# A\n\n[b](b.md)\n-- b.md --\n# B\n");
        files.insert(name.to_owned(), text.into_bytes());
        let shape = format!("{name} of {n}");
        let (send, receive) = mpsc::channel();
        std::thread::spawn(move || send.send(built(&files).findings.len()));
        receive.recv_timeout(DEADLINE).unwrap_or_else(|error| panic!("{shape}: {error}"))
    };
    for n in [200, 1000] {
        for (open, middle, close) in [
            ("{% if true %}", "", "{% endif %}"),
            ("{% for a in page.toc %}", "", "{% endfor %}"),
            ("{% if true %}{% elif true %}", "", "{% endif %}"),
            ("{{ ", "1", " }}"),
            ("", "{{ a", ""),
        ] {
            page(n, "theme/templates/page.html", open.repeat(n) + middle + &close.repeat(n));
        }
        for (open, close) in [
            ("(", ")"),
            ("[", "]"),
            ("{\"a\":", "}"),
            ("not ", ""),
            ("-", ""),
            ("1 + ", ""),
            ("1 ~ ", ""),
            ("a[", "]"),
            ("1 if 1 else ", ""),
        ] {
            page(n, "theme/templates/page.html", format!("{{{{ {}1{} }}}}", open.repeat(n), close.repeat(n)));
        }
        page(n, "theme/templates/page.html", format!("{{{{ a{} }}}}", ".b".repeat(n)));
        page(n, "theme/templates/page.html", format!("{{{{ 1{} }}}}", " | upper".repeat(n)));
        page(n, "SUMMARY.md", (0..n.min(2000)).map(|at| "  ".repeat(at) + "- [a](a.md)\n").collect());
        page(n, "book.toml", format!("[search.pages]\n\"a\" = {}{}\n", "[".repeat(n), "]".repeat(n)));
        page(n, "book.toml", format!("[{}]\n", "a.".repeat(n) + "b"));
        page(n, "book.toml", format!("a = {}1{}\n", "{b = ".repeat(n), "}".repeat(n)));
        page(n, "theme/languages/en.toml", format!("a = {}{}\n", "[".repeat(n), "]".repeat(n)));
        page(n, "rfcs/kep.yaml", "[".repeat(n));
        page(n, "theme/assets/ours.js", "(".repeat(n) + "1" + &")".repeat(n));
        page(n, "theme/assets/ours.js", "[".repeat(n));
        page(n, "theme/assets/ours.js", "a=>".repeat(n) + "1");
        page(n, "theme/assets/ours.js", "!".repeat(n) + "1");
        page(n, "theme/assets/ours.js", "`${".repeat(n));
        page(n, "theme/assets/ours.js", "if(a)".repeat(n) + ";");
        page(n, "theme/assets/ours.js", "a+".repeat(n) + "1");
        page(n, "a.svg", "<g>".repeat(n));
    }
}
