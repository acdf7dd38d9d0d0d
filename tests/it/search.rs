//! The search keeps its word: the tokens of its specification, the same answers however the index came about, and an
//! answer to whatever is asked.

mod text;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use precedent::search::{Document, Filters, Hit, Index, LastWord, Request, Token, tokens};
use proptest::prelude::*;
use proptest::proptest;
use proptest::test_runner::Config;
use serde_json::{Value, json};

use crate::program::Folder;

/// So many cases; what failed once is written nowhere, since a failure becomes an example of its own.
fn cases(number: u32) -> Config {
    Config { cases: number, failure_persistence: None, max_shrink_iters: 200, ..Config::default() }
}

/// Texts whose tokens are written down for implementations in other languages.
const TEXTS: &[&str] = &[
    "",
    " \n\t",
    "Caching is hard.",
    "append_event __init__ _private _ a__b",
    "LlmAgent HTTPServer getHTTPResponse ADRs URLs IDs iOS PostgreSQL OAuth2 ERC20Token v1Beta X",
    "google.adk.agents.LlmAgent a.b.c end.Next e.g. U.S.A. ... a..b",
    "v1.2 1.2.3-rc.1 10,000 3.14 E0308 0x1F utf-8 UTF-8 ISO-8859-1",
    "ADR-12 ADR-0012-use-redis 2024-01-16 time-to-live co-op -x -12",
    "--flag --dry-run --no-v2 a--b ---rule -- --_ (--in) --9",
    "C++ C# F#, c++17 C++-like .NET ASP.NET ..NET .5 a++b i++; # ++ #tag x## notepad++.",
    "Élan CAFÉ café naïve Ångström İstanbul Straße ŁÓDŹ Σίσυφος ΟΔΟΣ ﬁne Ⅻ ½ ²",
    "東京都 に a字b 缓存Redis缓存 データベース ｶﾅ 데이터베이스 한 ภาษาไทย ລາວ ខ្មែរ 々 〇 𠮷野家",
    "русский язык العربية עברית हिन्दी தமிழ் ქართული",
    "don't user's O’Brien std::vec a/b/c x@y.z https://example.org/a-b?c=d#e",
    "0xdAC17F958D2ee523a2206206994597C13D831ec7aB end aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "hand-over, time-to-live. a-b-c-d x.a-b a-b.c --a-b 'set-up' a--b the team’s isn't, O'Reilly's 字hand-over",
    "1,500 12,345,678 1,50 1,5000 a,500 1,500.5 1,500,a RFC 9457 rfc9457 CI/CD don't's Σ-ß co-ﬁne x-1,500",
    "createOAuth2AuthorizationRequestRepositoryFactory Smørrebrød Œuvre ısı Þórr",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa snake_case_that_is_longer_than_forty_characters_in_all",
    "<img src=x onerror=alert(1)> &amp; \u{0}\u{feff}\u{200b} a\u{301}b \u{301} ❤️ 👩‍💻 a\u{200d}b",
];

fn vectors() -> Value {
    let row = |text: &&str| {
        let found = tokens(text)
            .into_iter()
            .map(|Token { text, range, position, is_part }| json!([text, range.start, range.end, position, is_part]));
        json!({ "text": text, "tokens": found.collect::<Vec<_>>() })
    };
    json!({
        "about": "Each token: its text, the bytes of the UTF-8 text where it begins and ends, its position, whether it is a part.",
        "texts": TEXTS.iter().map(row).collect::<Vec<_>>(),
    })
}

#[test]
fn tokens_are_those_of_the_vectors() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tokens.json");
    let vectors = vectors();
    if std::env::var_os("UPDATE").is_some() {
        let rows = vectors["texts"].as_array().unwrap().iter().map(Value::to_string).collect::<Vec<_>>().join(",\n");
        fs::write(&path, format!("{{\"about\":{},\"texts\":[\n{rows}\n]}}\n", vectors["about"])).unwrap();
    }
    let written: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    for (written, now) in written["texts"].as_array().unwrap().iter().zip(vectors["texts"].as_array().unwrap()) {
        assert_eq!(
            written, now,
            "set UPDATE=1 to write tests/data/tokens.json anew, and raise the version of the index"
        );
    }
    assert_eq!(written, vectors);
}

/// Words that meet each other: inflections, a typo's distance, beginnings, compounds.
const WORDS: &[&str] = &[
    "cache",
    "caching",
    "caches",
    "cachet",
    "redis",
    "Redis",
    "retry_budget",
    "retry",
    "budget",
    "budgets",
    "queue",
    "queues",
    "LlmAgent",
    "agent",
    "v1.2",
    "ADR-2",
    "東京都",
    "京都",
    "time",
    "timing",
    "the",
    "of",
    "connection",
    "connect",
];

fn document(page: usize, line: usize, heading: &str, text: &str) -> Document {
    let path = format!("decisions/{page:04}.md");
    Document {
        url: format!("decisions/{page:04}.html#{line}"),
        line,
        title: WORDS[(page * 7 + 3) % WORDS.len()].to_owned(),
        heading: heading.to_owned(),
        breadcrumb: Vec::new(),
        kind: "decision".to_owned(),
        status: Some(["accepted", "superseded"][page % 2].to_owned()),
        date: Some(format!("202{}-03-01", page % 5)),
        tags: vec!["Security".to_owned()],
        id: Some(format!("{page:04}")),
        scope: String::new(),
        successors: Vec::new(),
        people: vec!["@maria".to_owned()],
        boost: 100,
        text: text.to_owned(),
        path,
    }
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 0..6).prop_map(|words| words.join(" "))
}

/// Pages by number: sections, each a heading and a text.
type Pages = BTreeMap<usize, Vec<(String, String)>>;

fn page() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec((text(), text()), 1..4)
}

fn pages() -> impl Strategy<Value = Pages> {
    prop::collection::btree_map(0..12_usize, page(), 0..8)
}

/// A few pages changed or removed.
fn edit() -> impl Strategy<Value = BTreeMap<usize, Option<Vec<(String, String)>>>> {
    prop::collection::btree_map(0..12_usize, prop::option::of(page()), 0..3)
}

fn documents(pages: &Pages) -> Vec<Document> {
    let sections = pages.iter().flat_map(|(page, sections)| {
        let numbered = sections.iter().enumerate();
        numbered.map(|(at, (heading, text))| document(*page, at + 1, heading, text))
    });
    sections.collect()
}

fn ask(index: &Index, text: &str, last_word: LastWord) -> Vec<Hit> {
    index.search(&Request { text: text.to_owned(), filters: Filters::default(), limit: 20, last_word }).unwrap().results
}

fn queries() -> Vec<String> {
    let words = WORDS.iter().map(|word| (*word).to_owned());
    let pairs = WORDS.windows(2).map(|pair| pair.join(" "));
    // Beginnings and typos of forms that may have gone while others of their group have not.
    let begun = WORDS.iter().map(|word| word.chars().take(5).collect::<String>() + "*");
    let others = ["cachng", "cacke", "timng", "connectoin", "\"retry budget\"", "redis -cache", "status:accepted"];
    let more = ["after:2022 time", "2", "京"];
    words.chain(pairs).chain(begun).chain(others.into_iter().chain(more).map(str::to_owned)).collect()
}

proptest! {
    #![proptest_config(cases(32))]

    /// An index that has seen other states answers as one that has not: same pages, order, scores, sections, excerpts.
    #[test]
    fn a_warm_index_answers_as_a_fresh_one(mut pages in pages(), edits in prop::collection::vec(edit(), 1..5)) {
        let warm = Index::in_memory("en");
        warm.sync(&documents(&pages).into()).unwrap();
        for (page, sections) in edits.into_iter().flatten() {
            match sections {
                Some(sections) => drop(pages.insert(page, sections)),
                None => drop(pages.remove(&page)),
            }
            warm.sync(&documents(&pages).into()).unwrap();
        }
        let fresh = Index::in_memory("en");
        fresh.sync(&documents(&pages).into()).unwrap();
        for query in queries() {
            for last_word in [LastWord::Complete, LastWord::Typing] {
                prop_assert_eq!(ask(&warm, &query, last_word), ask(&fresh, &query, last_word), "{}", query);
            }
        }
    }
}

/// What queries are made of, beside any character.
const SIGNS: &[&str] = &[
    "\"",
    "-",
    "*",
    ":",
    "after:",
    "before:2025",
    "tag:",
    "status:",
    "--",
    ".",
    "++",
    "#",
    "(",
    "AND",
    "東",
    "é",
    " ",
    "\u{301}",
    "0012",
];

fn query() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(WORDS).prop_map(str::to_owned),
        prop::sample::select(SIGNS).prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
        Just(" ".to_owned()),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(250))]

    #[test]
    fn every_query_is_answered(pages in pages(), text in query()) {
        let index = Index::in_memory("en");
        index.sync(&documents(&pages).into()).unwrap();
        for last_word in [LastWord::Complete, LastWord::Typing] {
            let hits = ask(&index, &text, last_word);
            let scores: Vec<u64> = hits.iter().map(|hit| hit.score).collect();
            prop_assert!(scores.is_sorted_by(|one, other| one >= other), "{scores:?}");
        }
    }

    /// Tokens stand in order, at whole characters, and a token's own text gives it again.
    #[test]
    fn tokens_stand_in_order(text in query(), more in any::<String>()) {
        let text = text + &more;
        let tokens = tokens(&text);
        prop_assert!(tokens.is_sorted_by_key(|token| token.position));
        for token in &tokens {
            prop_assert!(text.get(token.range.clone()).is_some_and(|text| !text.is_empty()), "{token:?}");
            prop_assert!(!token.text.is_empty() && token.text.chars().count() <= 40, "{token:?}");
        }
    }
}

#[test]
fn a_form_that_has_gone_is_nothing_to_begin_with() {
    let state = |first: &str| [document(5, 1, "", first), document(6, 1, "", "nothing"), document(8, 1, "", "cache")];
    let (warm, fresh) = (Index::in_memory("en"), Index::in_memory("en"));
    warm.sync(&state("caching").to_vec().into()).unwrap();
    assert_eq!(ask(&warm, "cachi*", LastWord::Complete).len(), 2);
    warm.sync(&state("empty").to_vec().into()).unwrap();
    fresh.sync(&state("empty").to_vec().into()).unwrap();
    assert_eq!(ask(&warm, "cachi*", LastWord::Complete), ask(&fresh, "cachi*", LastWord::Complete));
}

/// Asks the index of a book on the disk; returns where the word is found, and how often the index was asked.
fn found(folder: &Folder, word: &str) -> (Vec<String>, usize) {
    found_at(SystemTime::now(), folder, word)
}

/// Asks as if it were that time.
fn found_at(now: SystemTime, folder: &Folder, word: &str) -> (Vec<String>, usize) {
    let mut book = folder.book();
    let times = std::cell::Cell::new(0);
    let request =
        Request { text: word.to_owned(), filters: Filters::default(), limit: 10, last_word: LastWord::Complete };
    let answer = precedent::disk::cache::ask(&mut book, now, |index| {
        times.set(times.get() + 1);
        index.search(&request)
    });
    (answer.unwrap().results.into_iter().map(|hit| hit.path).collect(), times.get())
}

/// Sets when a file changed last, long ago: a stamp does not trust what is new.
fn age(folder: &Folder, name: &str, seconds: u64) {
    let file = fs::File::options().write(true).open(folder.path(name)).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
}

#[test]
fn an_index_on_the_disk_follows_every_change_and_is_asked_once_without() {
    let folder = Folder::with("-- book.toml --\n-- a.md --\nquokka\n-- b.md --\nother\n");
    for name in ["book.toml", "a.md", "b.md"] {
        age(&folder, name, 1_000_000);
    }
    assert_eq!(found(&folder, "quokka"), (vec!["a.md".to_owned()], 1));
    assert_eq!(found(&folder, "quokka"), (vec!["a.md".to_owned()], 1));
    // In each the old index is asked too, and its answer thrown away.
    fs::rename(folder.path("a.md"), folder.path("c.md")).unwrap();
    assert_eq!(found(&folder, "quokka"), (vec!["c.md".to_owned()], 2), "another name");
    folder.write("b.md", "quoll\n");
    age(&folder, "b.md", 1_000_001);
    assert_eq!(found(&folder, "quoll"), (vec!["b.md".to_owned()], 2), "another time, the same length");
    fs::remove_file(folder.path("c.md")).unwrap();
    assert_eq!(found(&folder, "quokka"), (vec![], 2), "one less");
    // Two files that change places leave the same stamps.
    folder.write("d.md", "quokka\n");
    age(&folder, "d.md", 1_000_001);
    assert_eq!(found(&folder, "quokka").0, ["d.md"]);
    for (from, to) in [("b.md", "e.md"), ("d.md", "b.md"), ("e.md", "d.md")] {
        fs::rename(folder.path(from), folder.path(to)).unwrap();
    }
    assert_eq!(found(&folder, "quokka"), (vec!["b.md".to_owned()], 2), "the same names and stamps, exchanged");
    // What is new may change again within the same instant.
    folder.write("b.md", "quokka\n");
    assert_eq!((found(&folder, "quokka").1, found(&folder, "quokka").1), (2, 2));
}

/// Asks as if nothing had changed for an hour.
#[cfg(unix)]
fn found_later(folder: &Folder, word: &str) -> (Vec<String>, usize) {
    found_at(SystemTime::now() + Duration::from_secs(3600), folder, word)
}

/// A book whose index is up to date, and whose files and folders have been quiet.
#[cfg(unix)]
fn settled(text: &str) -> Folder {
    let folder = Folder::with(text);
    for _ in 0..2 {
        assert_eq!(found_later(&folder, "quokka"), (vec!["a.md".to_owned()], 1));
    }
    folder
}

#[test]
#[cfg(unix)]
fn a_search_walks_again_where_a_folder_has_changed() {
    const BOOK: &str = "-- book.toml --\n-- a.md --\nquokka\n-- notes/b.md --\nother\n";
    let nothing = Vec::<String>::new();
    let folder = settled(BOOK);
    folder.write("notes/deep/c.md", "quokka\n");
    assert_eq!(found_later(&folder, "quokka").0, ["a.md", "notes/deep/c.md"], "a file in a new folder");

    let folder = settled(BOOK);
    folder.write("notes/.gitignore", "*.tmp\n");
    assert_eq!(found_later(&folder, "other").0, ["notes/b.md"]);
    folder.write("notes/.gitignore", "b.md\n");
    assert_eq!(found_later(&folder, "other").0, nothing, "another line in an ignore file");

    let folder = settled(BOOK);
    folder.write("notes/.b.md.swp", "an editor's");
    assert_eq!(found_later(&folder, "quokka"), (vec!["a.md".to_owned()], 1), "what is no part of the book");

    // As `rsync` and `tar` do.
    let folder = settled(BOOK);
    let modified = fs::metadata(folder.path("notes")).unwrap().modified().unwrap();
    folder.write("notes/c.md", "quokka\n");
    fs::File::open(folder.path("notes")).unwrap().set_modified(modified).unwrap();
    assert_eq!(found_later(&folder, "quokka").0, ["a.md", "notes/c.md"], "a folder whose time was set back");

    let folder = settled(&format!("{BOOK}-- site/.precedent-manifest.json --\n{{}}\n-- site/d.md --\nquokka\n"));
    fs::remove_file(folder.path("site/.precedent-manifest.json")).unwrap();
    assert_eq!(found_later(&folder, "quokka").0, ["a.md", "site/d.md"], "a folder that was an earlier site");

    let folder = settled(BOOK);
    std::os::unix::fs::symlink("c.txt", folder.path("notes/c.md")).unwrap();
    assert_eq!(found_later(&folder, "quokka").0, ["a.md"]);
    folder.write("notes/c.txt", "quokka\n");
    assert_eq!(found_later(&folder, "quokka").0, ["a.md", "notes/c.md"], "a link that led nowhere");

    let folder = settled(BOOK);
    fs::rename(folder.path("a.md"), folder.path("a.bak")).unwrap();
    folder.write("a.md", "quoll\n");
    assert_eq!(found(&folder, "quoll").0, ["a.md"]);
    fs::rename(folder.path("a.bak"), folder.path("a.md")).unwrap();
    assert_eq!(found(&folder, "quokka").0, ["a.md"], "a file that is again what it was");

    let folder = settled(BOOK);
    fs::remove_dir_all(folder.path("notes")).unwrap();
    assert_eq!(found_later(&folder, "other").0, nothing, "a folder that has gone");
}

#[test]
#[cfg(unix)]
fn a_search_walks_no_folder_that_has_not_changed() {
    // Which files are part of the book is for a walk to find out: here it does not.
    let folder = settled("-- book.toml --\n-- a.md --\nquokka\n-- b.md --\nquoll\n-- sub/.keep --\n");
    let stamp = folder.kept().join("stamp");
    let list = fs::read_to_string(&stamp).unwrap();
    let shorter = list.replace("/b.md", "");
    assert_ne!(list, shorter, "{list:?}");
    fs::write(&stamp, shorter).unwrap();
    assert_eq!(found_later(&folder, "quoll"), (vec!["b.md".to_owned()], 1));
    assert_eq!(fs::read_to_string(&stamp).unwrap(), list, "another list is another state: the book was walked");
    let written = fs::metadata(&stamp).unwrap().modified().unwrap();
    assert_eq!(found_later(&folder, "quoll"), (vec!["b.md".to_owned()], 1));
    assert_eq!(fs::metadata(&stamp).unwrap().modified().unwrap(), written, "nothing has changed: nothing was written");
}

#[test]
fn searches_beside_each_other_all_answer() {
    let pages: String = (0..200).map(|page| format!("-- p{page}.md --\n# Page {page}\n\nquokka {page}\n")).collect();
    let folder = Folder::with(&format!("-- book.toml --\n-- a.md --\nquoll\n{pages}"));
    for change in 0..3 {
        folder.write("a.md", format!("quoll number {change}\n"));
        std::thread::scope(|scope| {
            let searches: Vec<_> = (0..4).map(|_| scope.spawn(|| found(&folder, "quoll").0)).collect();
            for search in searches {
                assert_eq!(search.join().unwrap(), ["a.md"]);
            }
        });
    }
}
