//! Writes a knowledge base of any size: the same bytes for the same number of pages.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

/// How many pages a folder holds.
const FOLDER: usize = 200;

const WORDS: &[&str] = &[
    "service",
    "request",
    "latency",
    "cache",
    "database",
    "index",
    "retry",
    "budget",
    "queue",
    "token",
    "review",
    "release",
    "deploy",
    "rollback",
    "schema",
    "migration",
    "partner",
    "access",
    "policy",
    "secret",
    "rotation",
    "metric",
    "alert",
    "threshold",
    "container",
    "cluster",
    "region",
    "timeout",
    "circuit",
    "breaker",
    "contract",
    "version",
    "pipeline",
    "branch",
    "merge",
    "owner",
    "incident",
    "postmortem",
    "handover",
    "profile",
];

/// Returns the path of a page.
pub fn page_path(number: usize) -> String {
    match number % 4 {
        0 => format!("docs/area-{:03}/decisions/{number:05}-{}.md", number / FOLDER, WORDS[number % WORDS.len()]),
        1 => format!("docs/area-{:03}/guidelines/{}-{number:05}.md", number / FOLDER, WORDS[number % WORDS.len()]),
        _ => format!("docs/area-{:03}/{}-{number:05}.md", number / FOLDER, WORDS[number % WORDS.len()]),
    }
}

/// Writes the book; returns the bytes of its Markdown.
pub fn write(root: &Path, pages: usize) -> io::Result<usize> {
    fs::write(
        root.join("book.toml"),
        "[book]\ntitle = \"Generated\"\nsrc = \"docs\"\n\n[build]\nbuild-dir = \"site\"\n",
    )?;
    fs::create_dir_all(root.join("docs"))?;
    fs::write(root.join("docs/index.md"), "# Generated\n\nA generated knowledge base.\n")?;
    let mut bytes = 0;
    for number in 0..pages {
        let path = root.join(page_path(number));
        fs::create_dir_all(path.parent().expect("a page stands in a folder"))?;
        let text = page(number, pages);
        bytes += text.len();
        fs::write(path, text)?;
    }
    Ok(bytes)
}

fn page(number: usize, pages: usize) -> String {
    let mut random = Random(number as u64 + 1);
    let status = ["accepted", "proposed", "superseded", "rejected"][number % 4];
    let mut text = format!(
        "---\nstatus: {status}\ndate: 2026-{:02}-{:02}\ntags: [{}, {}]\n---\n\n# {} {number}\n\n",
        number % 12 + 1,
        number % 28 + 1,
        random.word(),
        random.word(),
        random.title()
    );
    for section in 0..7 {
        let _ = write!(text, "## {} {section}\n\n", random.title());
        for _ in 0..2 {
            text += &random.sentences(4);
            text += "\n\n";
        }
        let other = random.below(pages);
        let up = "../".repeat(page_path(number).matches('/').count() - 1);
        let _ = write!(
            text,
            "See [{}]({up}{}) and `{}_{}`.\n\n",
            random.title(),
            page_path(other).trim_start_matches("docs/"),
            random.word(),
            random.word()
        );
        match section {
            1 => text += "| name | value |\n|---|--:|\n| one | 1 |\n| two | 2 |\n\n",
            3 => {
                text += "```python\ndef handle(request: Request) -> Response:\n    \"\"\"Answers, or gives up after a second.\"\"\"\n    with budget(1.0) as left:\n        return call(request, timeout=left)\n```\n\n"
            }
            5 => text += "> [!NOTE]\n> Holds for every service.\n\n- [x] done\n- [ ] open\n\n",
            _ => {}
        }
    }
    text
}

/// A small generator of numbers (xorshift64), the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next().wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }

    fn title(&mut self) -> String {
        let word = self.word();
        format!("{}{} {}", word[..1].to_uppercase(), &word[1..], self.word())
    }

    fn sentences(&mut self, count: usize) -> String {
        let sentence = |random: &mut Self| {
            let words: Vec<&str> = (0..11).map(|_| random.word()).collect();
            format!("The {}.", words.join(" "))
        };
        (0..count).map(|_| sentence(self)).collect::<Vec<_>>().join(" ")
    }
}
