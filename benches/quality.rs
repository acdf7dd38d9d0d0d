//! Scores the ranking on a folder of records whose front matter describes them in one sentence.
//!
//! `cargo bench --bench quality -- FOLDER [PAGES]`. The description of a page is the query, the page is the answer. It is
//! front matter and not part of the text; where the index holds it in place of a text, it is taken out first. Three
//! sets: the description, the same with one typo in its longest word, the same with its last word cut to 60 % while
//! typing. MRR@10, hit@1 and recall@10 of each. The same folder gives the same sets.

#![expect(clippy::disallowed_methods, reason = "a measurement works with files, as users do")]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use precedent::build::{Memo, Overrides};
use precedent::date::Date;
use precedent::disk::Book;
use precedent::search::{Document, Filters, Index, LastWord, Request};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What a set does to each query.
type Change = fn(&str) -> String;

/// How many results a reader looks at.
const SEEN: usize = 10;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let Some(folder) = arguments.first() else {
        println!("usage: cargo bench --bench quality -- FOLDER [PAGES]");
        return Ok(());
    };
    let most = arguments.get(1).map_or(Ok(usize::MAX), |number| number.parse())?;
    let root = Path::new(folder);
    let mut documents = Book::open(root, day)?.build(&mut Memo::default(), &Overrides::default()).documents();
    let judged = judged(root, &mut documents);
    let judged = spread(&judged, most);
    let index = Index::in_memory("en");
    let begun = Instant::now();
    index.sync(&documents)?;
    println!("{} documents indexed in {:.1} s; {} queries a set", documents.len(), seconds(begun), judged.len());
    println!("| set | MRR@10 | hit@1 | recall@10 | nothing | median | slowest |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    let sets: [(&str, Change, LastWord); 3] = [
        ("description", str::to_owned, LastWord::Complete),
        ("one typo", with_typo, LastWord::Complete),
        ("last word at 60 %", cut, LastWord::Typing),
    ];
    for (name, change, last_word) in sets {
        println!("| {name} | {} |", score(&index, &judged, change, last_word)?);
    }
    Ok(())
}

fn seconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64()
}

/// Returns each description with the path of its page, and takes descriptions out of the documents.
fn judged(root: &Path, documents: &mut [Document]) -> Vec<(String, String)> {
    let mut judged = Vec::new();
    let mut last = String::new();
    for document in documents {
        if document.path == last {
            continue;
        }
        last.clone_from(&document.path);
        let markdown = std::fs::read_to_string(root.join(&document.path)).unwrap_or_default();
        let Some(description) = description(&markdown) else { continue };
        if document.text.trim() == description {
            document.text.clear();
        }
        judged.push((words(&description), document.path.clone()));
    }
    judged
}

fn description(markdown: &str) -> Option<String> {
    let front = markdown.strip_prefix("---\n")?.split("\n---").next()?;
    let line = front.lines().find_map(|line| line.strip_prefix("description:"))?;
    Some(line.trim().trim_matches(['"', '\'']).to_owned()).filter(|text| text.split(' ').count() > 1)
}

/// A query in plain words, without what the language of queries reads as signs.
fn words(description: &str) -> String {
    let sign = |letter: char| matches!(letter, '"' | ':' | '*' | '`');
    let words = description.split_whitespace().map(|word| word.replace(sign, " "));
    words.map(|word| word.trim_start_matches('-').to_owned()).collect::<Vec<_>>().join(" ").trim().to_owned()
}

fn spread<T: Clone>(all: &[T], most: usize) -> Vec<T> {
    let step = all.len().div_ceil(most.max(1)).max(1);
    all.iter().step_by(step).cloned().collect()
}

/// Leaves a letter out, doubles one, replaces one or changes two, in the longest word, by what the word itself says.
fn with_typo(query: &str) -> String {
    let longest = query.split(' ').filter(|word| word.chars().all(char::is_alphabetic)).max_by_key(|word| word.len());
    let Some(word) = longest.filter(|word| word.chars().count() >= 5) else { return query.to_owned() };
    let mut letters: Vec<char> = word.chars().collect();
    let sum = letters.iter().map(|letter| *letter as usize).sum::<usize>();
    let at = 1 + sum % (letters.len() - 2);
    match sum / 7 % 4 {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = if letters[at] == 'e' { 'a' } else { 'e' },
        _ => letters.swap(at, at + 1),
    }
    query.replacen(word, &letters.into_iter().collect::<String>(), 1)
}

fn cut(query: &str) -> String {
    let query = query.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let (before, last) = query.rsplit_once(' ').unwrap_or(("", query));
    let letters = last.chars().count();
    let keep = (letters * 6).div_ceil(10).max(2);
    format!("{before} {}", last.chars().take(keep).collect::<String>()).trim().to_owned()
}

fn score(
    index: &Index,
    judged: &[(String, String)],
    change: fn(&str) -> String,
    last_word: LastWord,
) -> Result<String> {
    let (mut reciprocal, mut first, mut found, mut nothing) = (0.0, 0.0, 0.0, 0.0);
    let mut times: Vec<Duration> = Vec::new();
    for (query, path) in judged {
        let request = Request { text: change(query), filters: Filters::default(), limit: SEEN, last_word };
        let begun = Instant::now();
        let results = index.search(&request)?.results;
        times.push(begun.elapsed());
        nothing += f64::from(u8::from(results.is_empty()));
        if let Some(at) = results.iter().position(|hit| hit.path == *path) {
            reciprocal += 1.0 / (at as f64 + 1.0);
            first += f64::from(u8::from(at == 0));
            found += 1.0;
        } else if std::env::var_os("MISSES").is_some() {
            println!("  missed {path}: {}", request.text);
        }
    }
    times.sort();
    let count = judged.len().max(1) as f64;
    let milliseconds = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    Ok(format!(
        "{:.3} | {:.3} | {:.3} | {:.3} | {:.1} ms | {:.1} ms",
        reciprocal / count,
        first / count,
        found / count,
        nothing / count,
        milliseconds(times.get(times.len() / 2)),
        milliseconds(times.last())
    ))
}

/// Any day will do: nothing here depends on it.
fn day() -> Date {
    Date::new(2026, 1, 1).expect("the day is one of the calendar")
}
