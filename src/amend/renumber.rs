//! Gives a record another number: the name of its file or folder, its own number, and every mention of it.

use super::{Book, Change, Error, Plan};
use crate::decision::{Dialect, Record};
use crate::path::{BookPath, decode};
use crate::site::Found;

/// Plans the change of a number, to the next free one of the collection where none is named; `markdown` names every
/// Markdown file of the book.
///
/// # Errors
/// When the number is taken, or the name of the record has none.
pub fn renumber(book: &Book<'_>, at: usize, number: Option<u32>, markdown: &[BookPath]) -> Result<Plan, Error> {
    let Some((record, filed)) = book.site.entries[at].record() else { return Ok(Plan::default()) };
    let path = &book.site.entries[at].page().path;
    let slug = record.slug.clone();
    let old = record.shape.number_of(&slug).ok_or(Error::NoNumber { path: path.clone() })?;
    let others = book.site.entries.iter().enumerate().filter(|(other, _)| *other != at).filter_map(|(_, entry)| {
        let (record, _) = entry.record().filter(|(_, other)| other.collection == filed.collection)?;
        Some((record.number.as_ref()?.value, &entry.page().path))
    });
    let numbers: Vec<(u32, &BookPath)> = others.collect();
    let highest = numbers.iter().map(|(number, _)| *number).max().unwrap_or(0);
    let number = number.unwrap_or_else(|| highest.saturating_add(1));
    if old == number {
        return Ok(Plan::default());
    }
    if let Some((_, path)) = numbers.into_iter().find(|(other, _)| *other == number) {
        return Err(Error::Taken { number, path: path.clone() });
    }
    let moved = Moved {
        book,
        at,
        old,
        new: number,
        new_slug: renamed(&slug, number),
        place: if slug == path.stem() { path.clone() } else { path.parent() },
        prefixes: prefixes(record),
        slug,
    };
    let target = moved.target();
    if (book.read)(&target).is_some() {
        return Err(Error::Taken { number, path: target });
    }
    let mut changes = Vec::new();
    for file in markdown.iter().chain(&crate::decision::edit::metadata_path(path, record.dialect)) {
        let Some(before) = (book.read)(file) else { continue };
        let after = moved.rewrite(file, &before);
        if after != before {
            changes.push(Change { path: file.clone(), before, after });
        }
    }
    Ok(Plan { changes, rename: Some((moved.place.clone(), target)) })
}

struct Moved<'a> {
    book: &'a Book<'a>,
    at: usize,
    old: u32,
    new: u32,
    slug: String,
    new_slug: String,
    /// The file, or the folder that is the record.
    place: BookPath,
    /// What stands before the number where it is mentioned.
    prefixes: Vec<String>,
}

impl Moved<'_> {
    fn target(&self) -> BookPath {
        let name = self.place.name().replacen(&self.slug, &self.new_slug, 1);
        self.place.parent().join(&name).unwrap_or_else(|_| self.place.clone())
    }

    /// Rewrites every mention in a file, but in fenced code.
    fn rewrite(&self, file: &BookPath, text: &str) -> String {
        let is_own = *file == self.book.site.entries[self.at].page().path || file.parent() == self.place;
        let mut out = String::with_capacity(text.len());
        let mut fence: Option<(char, usize)> = None;
        let mut in_front = false;
        let mut seen_title = false;
        for (at, line) in text.split_inclusive('\n').enumerate() {
            let bare = line.trim_start_matches('\u{feff}').trim();
            let closes = in_front && (bare == "---" || bare == "+++" || bare == "...");
            let opens = at == 0 && (bare == "---" || bare == "+++");
            in_front = (in_front || opens) && !closes;
            if let Some(sign) = bare.chars().next().filter(|sign| matches!(sign, '`' | '~')) {
                let count = bare.len() - bare.trim_start_matches(sign).len();
                match fence {
                    Some((open, length)) if open == sign && count >= length && bare.len() == count => fence = None,
                    None if count >= 3 => fence = Some((sign, count)),
                    _ => {}
                }
            }
            if fence.is_some() {
                out += line;
                continue;
            }
            let mut line = self.mentions(file, &self.links(file, line));
            if is_own && (in_front || file.extension() == "yaml") {
                line = self.own_key(&line);
            } else if is_own && !seen_title && bare.starts_with("# ") {
                seen_title = true;
                line = self.own_title(&line);
            }
            out += &line;
        }
        out
    }

    /// Rewrites the name where it stands in a path or as a name of its own.
    fn links(&self, file: &BookPath, line: &str) -> String {
        let mut out = String::new();
        let mut done = 0;
        for (at, _) in line.match_indices(&self.slug) {
            let end = at + self.slug.len();
            let start = line[..at].rfind(is_delimiter).map_or(0, |before| before + char_len(line, before));
            let stop = line[end..].find(is_delimiter).map_or(line.len(), |after| end + after);
            let token = &line[start..stop];
            if at < done || !self.is_meant(file, token, at - start) {
                continue;
            }
            out += &self.relabelled(&line[done..at]);
            out += &self.new_slug;
            done = end;
        }
        out + &line[done..]
    }

    /// Says whether a path, or a bare name, is this record's.
    fn is_meant(&self, file: &BookPath, token: &str, at: usize) -> bool {
        if token.contains("://") {
            return false;
        }
        let before_is_name = token[..at].ends_with(|letter: char| letter != '/');
        let after = &token[at + self.slug.len()..];
        let after_is_name = !after.is_empty() && !after.starts_with(['/', '.', '#', '?', '|']);
        if before_is_name || after_is_name {
            return false;
        }
        let path = decode(token.split(['#', '?', '|']).next().unwrap_or(""));
        let path = path.trim_end_matches(['.', ',', ';', ':']);
        let by_path = |base: &BookPath| base.join(path.trim_start_matches('/')).ok();
        let found = |path: BookPath| {
            path.is_within(&self.place) || path.as_str() == self.place.as_str().trim_end_matches(".md")
        };
        let from_root = [self.book.src.clone(), BookPath::root()].iter().filter_map(by_path).any(&found);
        if !path.starts_with('/') && by_path(&file.parent()).is_some_and(&found) || path.starts_with('/') && from_root {
            return true;
        }
        // A bare name, as wikilinks and lists have it.
        let near = self.book.site.entries.iter().position(|entry| entry.page().path == *file);
        let is_bare = path.trim_end_matches(".md") == self.slug;
        is_bare && !after.starts_with('/') && self.book.site.records.find(&self.slug, near) == self.itself(near)
    }

    /// Rewrites `[12. Title](`, the label of a link to the record, at the end of what stands before its target.
    fn relabelled(&self, before: &str) -> String {
        let label = before.rfind("](").filter(|at| !before[*at..].contains(')')).and_then(|end| {
            let start = before[..end].rfind('[')? + 1;
            let digits = digits_at(&before[start..end]);
            let rest = &before[start + digits.len()..end];
            let signed = rest.is_empty() || rest.starts_with(['.', ':', ' ', ')']);
            (signed && digits.parse() == Ok(self.old)).then_some((start, digits.len()))
        });
        match label {
            Some((start, length)) => {
                let new = self.number_like(&before[start..start + length]);
                format!("{}{new}{}", &before[..start], &before[start + length..])
            }
            None => before.to_owned(),
        }
    }

    /// Rewrites `ADR-72` and `ADR 0072`, where they can mean nothing else.
    fn mentions(&self, file: &BookPath, line: &str) -> String {
        if !self.is_alone() || !self.speaks_here(file) {
            return line.to_owned();
        }
        let mut out = String::new();
        let mut done = 0;
        let lower = line.to_ascii_lowercase();
        for (at, _) in lower.char_indices() {
            if at < done
                || lower[..at]
                    .ends_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '-' | '_' | '.'))
            {
                continue;
            }
            let Some(prefix) = self.prefixes.iter().find(|prefix| lower[at..].starts_with(prefix.as_str())) else {
                continue;
            };
            let after = at + prefix.len();
            let number = after + (lower[after..].len() - lower[after..].trim_start_matches(['-', ' ', '#', '_']).len());
            let digits = digits_at(&line[number..]);
            let end = number + digits.len();
            let rest = &line[end..];
            let joined = rest.starts_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '/'))
                || rest.starts_with(['-', '.']) && rest[1..].starts_with(char::is_alphanumeric);
            if digits.is_empty() || digits.parse() != Ok(self.old) || joined || number == after && digits.len() < 2 {
                continue;
            }
            out += &line[done..number];
            out += &self.number_like(digits);
            done = end;
        }
        out + &line[done..]
    }

    /// Says whether a number in a file is one of this collection: in its records, and in pages beside them.
    fn speaks_here(&self, file: &BookPath) -> bool {
        let entries = &self.book.site.entries;
        let collection = self.collection();
        let filed = entries.iter().find(|entry| entry.page().path == *file).and_then(|entry| entry.filed.as_ref());
        filed.map_or_else(|| file.is_within(collection), |filed| filed.collection == *collection)
    }

    fn collection(&self) -> &BookPath {
        let filed = self.book.site.entries[self.at].filed.as_ref();
        &filed.expect("what is renumbered is a record").collection
    }

    /// Says whether no other record of the collection has the number.
    fn is_alone(&self) -> bool {
        let collection = self.collection();
        let same = self.book.site.entries.iter().filter_map(|entry| entry.record()).filter(|(record, filed)| {
            filed.collection == *collection && record.number.as_ref().is_some_and(|number| number.value == self.old)
        });
        same.count() == 1
    }

    fn itself(&self, near: Option<usize>) -> Found {
        if near == Some(self.at) { Found::Nothing } else { Found::One(self.at) }
    }

    /// `number: 12`, `id: "0012"`
    fn own_key(&self, line: &str) -> String {
        let Some((key, value)) = line.split_once([':', '=']) else { return line.to_owned() };
        let names = ["number", "adr", "eip", "kep-number", "id", "ordinal", "rfc", "adr-number"];
        if !names.contains(&key.trim().to_lowercase().as_str()) {
            return line.to_owned();
        }
        let start = key.len() + 1 + value.find(|letter: char| letter.is_ascii_digit()).unwrap_or(value.len());
        self.with_number_at(line, start)
    }

    /// `# 12. Title`, `# ADR-0012: Title`
    fn own_title(&self, line: &str) -> String {
        let begin = line.find("# ").map_or(0, |at| at + 2);
        let start = begin + line[begin..].find(|letter: char| letter.is_ascii_digit()).unwrap_or(line.len() - begin);
        let before = line[begin..start].trim_matches(['-', ' ', '#', '_', '[', '(']).to_lowercase();
        let is_prefix = before.is_empty() || self.prefixes.contains(&before);
        if is_prefix { self.with_number_at(line, start) } else { line.to_owned() }
    }

    fn with_number_at(&self, line: &str, start: usize) -> String {
        let digits = digits_at(line.get(start..).unwrap_or(""));
        if digits.parse() != Ok(self.old) {
            return line.to_owned();
        }
        format!("{}{}{}", &line[..start], self.number_like(digits), &line[start + digits.len()..])
    }

    /// Writes the new number as wide as the old one is written.
    fn number_like(&self, digits: &str) -> String {
        if digits.starts_with('0') {
            format!("{:0width$}", self.new, width = digits.len())
        } else {
            self.new.to_string()
        }
    }
}

/// The words before a number, in lower case, that make it the number of a record of the collection.
fn prefixes(record: &Record) -> Vec<String> {
    let called = record.shape.call(&record.slug, 0).to_lowercase();
    let own = called.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end_matches('-').to_owned();
    let of_form = match record.dialect {
        Dialect::RustRfc | Dialect::EmberRfc => "rfc",
        Dialect::Eip => "eip",
        Dialect::Kep | Dialect::Openshift => "kep",
        _ if own.is_empty() => "adr",
        _ => &own,
    };
    let mut prefixes = vec![of_form.to_owned()];
    if of_form == "adr" {
        prefixes.insert(0, "madr".to_owned());
    }
    prefixes
}

/// The name with another number, as wide as the old one.
fn renamed(slug: &str, new: u32) -> String {
    let start = slug.find(|letter: char| letter.is_ascii_digit()).unwrap_or(0);
    let digits = digits_at(&slug[start..]);
    format!("{}{new:0width$}{}", &slug[..start], &slug[start + digits.len()..], width = digits.len())
}

fn digits_at(text: &str) -> &str {
    &text[..text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len())]
}

fn is_delimiter(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '(' | ')' | '<' | '>' | '"' | '\'' | '[' | ']' | '`' | ',' | '{' | '}' | '|')
}

fn char_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}
