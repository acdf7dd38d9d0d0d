//! Edits of keys: in front matter, YAML or TOML, and in a file of metadata.

mod places;

use std::ops::Range;

use super::subject::{Edit, Edits, Open, Unable, eol_of};
use crate::data::{self, Entry, Table, Value};
use crate::decision::reading::front;
use crate::decision::reading::input::Input;
use crate::decision::words::dialect::Dialect;
use crate::decision::words::field::Field;
use crate::decision::words::people::is_nothing;

/// Keys with their values, and where they stand.
pub(super) struct Block<'a> {
    /// The whole file.
    text: &'a str,
    table: &'a Table,
    /// The bytes of the keys, without the lines that open and close them.
    range: Range<usize>,
    sign: char,
}

/// How a value is written.
enum Written {
    /// In quotes of this sign; the range is what stands between them.
    Quoted(char, Range<usize>),
    /// `{ accepted }` or `[a, b]`, on one line; the range is what stands between the brackets.
    Framed(Range<usize>),
    /// As it is.
    Bare(Range<usize>),
    /// Not at all.
    Nothing(usize),
    /// Over several lines.
    Lines,
}

impl<'a> Block<'a> {
    pub(super) fn of_front_matter(input: &Input<'a>) -> Option<Self> {
        let head = &input.text[..input.start];
        let bom = head.len() - head.trim_start_matches(['\u{feff}', '\n', '\r', ' ']).len();
        let first = head[bom..].split_inclusive('\n').next()?;
        let sign = match first.trim_end() {
            "---" => ':',
            "+++" => '=',
            _ => return None,
        };
        let last = head.trim_end_matches(['\n', '\r']).rfind('\n')? + 1;
        let start = bom + first.len();
        (start <= last).then_some(Self { text: input.text, table: input.front_matter, range: start..last, sign })
    }

    pub(super) fn of_file(text: &'a str, table: &'a Table) -> Self {
        Self { text, table, range: 0..text.len(), sign: ':' }
    }

    /// Returns the entry of a field, the most trusted key first.
    pub(super) fn entry(&self, field: Field, dialect: Dialect) -> Option<&'a Entry> {
        let named = self.table.0.iter().filter(|entry| front::field_of(&entry.key, Some(dialect)) == Some(field));
        named.min_by_key(|entry| front::rank(&entry.key))
    }

    pub(super) fn has_relation_keys(&self) -> bool {
        let keys = self.table.0.iter().filter_map(|entry| front::field_of(&entry.key, None));
        keys.into_iter().any(|field| matches!(field, Field::Supersedes | Field::SupersededBy | Field::Links))
    }

    /// Sets the status, or adds the key for it.
    pub(super) fn set_status(&self, dialect: Dialect, value: &str) -> Result<Edit, Unable> {
        match self.entry(Field::Status, dialect) {
            Some(entry) => self.set(entry, value),
            None => {
                let key = if dialect == Dialect::EmberRfc { "stage" } else { "status" };
                Ok(self.add_key(key, &self.quoted_where_needed(value)))
            }
        }
    }

    /// Sets a scalar, in its own quotes.
    pub(super) fn set(&self, entry: &Entry, value: &str) -> Result<Edit, Unable> {
        Ok(match self.written(entry)? {
            Written::Quoted(sign, inner) => Edit::replace(inner, escaped(sign, value)),
            Written::Framed(inner) if is_plain_word(value) => Edit::replace(inner, value),
            Written::Framed(inner) => {
                Edit::replace(inner.start..inner.end, value.to_owned()).unframed(self.text, value)
            }
            Written::Bare(range) => Edit::replace(range, self.quoted_where_needed(value)),
            Written::Nothing(at) => Edit::insert(at, format!(" {}", self.quoted_where_needed(value))),
            Written::Lines => return Err(Unable::Unclear { what: "the status" }),
        })
    }

    /// Adds an item to a list, to a scalar that becomes one, or to nothing.
    pub(super) fn add_item(&self, entry: &Entry, item: &str, dialect: Dialect) -> Result<Edit, Unable> {
        let unclear = Unable::Unclear { what: "the list of relations" };
        let listed = matches!(&entry.node.value, Value::List(items) if !items.is_empty());
        let quoted = self.as_item(entry, item);
        Ok(match self.written(entry)? {
            Written::Framed(inner) if listed => {
                let end = inner.end - trailing(&self.text[inner.clone()], &[' ', '\t', ',']);
                Edit::insert(end, format!(", {quoted}"))
            }
            Written::Framed(inner) => Edit::replace(inner, quoted),
            Written::Lines if listed => self.add_line(entry, &format!("- {quoted}")).ok_or(unclear)?,
            Written::Quoted(sign, inner) if dialect == Dialect::Eip => {
                Edit::insert(inner.end, escaped(sign, &format!(", {item}")))
            }
            Written::Bare(range) if dialect == Dialect::Eip => Edit::insert(range.end, format!(", {item}")),
            Written::Bare(range) if is_nothing(&self.text[range.clone()]) => Edit::replace(range, quoted),
            Written::Quoted(_, inner) if is_nothing(&self.text[inner.clone()]) => Edit::replace(inner, item),
            Written::Quoted(_, inner) => self.listed(inner.start - 1..inner.end + 1, &quoted),
            Written::Bare(range) if self.text[range.clone()].contains(['[', ']', '{', '}', ',']) => {
                return Err(unclear);
            }
            Written::Bare(range) => self.listed(range, &quoted),
            Written::Nothing(at) => Edit::insert(at, format!(" {quoted}")),
            Written::Lines => return Err(unclear),
        })
    }

    /// Adds an item of a flow list as it is.
    pub(super) fn add_raw(&self, entry: &Entry, item: &str) -> Result<Edit, Unable> {
        match self.written(entry)? {
            Written::Framed(inner) if inner.is_empty() => Ok(Edit::replace(inner, item)),
            Written::Framed(inner) => Ok(Edit::insert(inner.end, format!(", {item}"))),
            Written::Nothing(at) => Ok(Edit::insert(at, format!(" [{item}]"))),
            _ => Err(Unable::Unclear { what: "the list of links" }),
        }
    }

    fn listed(&self, range: Range<usize>, item: &str) -> Edit {
        Edit::replace(range.clone(), format!("[{}, {item}]", &self.text[range]))
    }

    /// Adds a line below the last of a list, indented as its items are. Further lines are indented with it.
    pub(super) fn add_line(&self, entry: &Entry, lines: &str) -> Option<Edit> {
        let span = entry.node.span?;
        let start = self.text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let body = self.text.get(start..span.end)?;
        let indent = body.lines().find_map(|line| {
            let rest = line.trim_start();
            rest.starts_with("- ").then(|| &line[..line.len() - rest.len()])
        })?;
        // Comments that follow the last item belong to what comes after.
        let mut end = start;
        let mut at = start;
        for line in body.split_inclusive('\n') {
            at += line.len();
            if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
                end = at - trailing(line, &['\n', '\r']);
            }
        }
        let eol = eol_of(self.text);
        let added: String = lines.lines().map(|line| format!("{eol}{indent}{line}")).collect();
        Some(Edit::insert(end, added))
    }

    /// Adds a key: after the status, else at the end; before all others in TOML, where tables may follow.
    pub(super) fn add_key(&self, key: &str, value: &str) -> Edit {
        let eol = eol_of(self.text);
        let line = format!("{key}{}{value}", if self.sign == ':' { ": " } else { " = " });
        if self.sign == '=' {
            return Edit::insert(self.range.start, line + eol);
        }
        let status = self.table.entry("status").or_else(|| self.table.entry("stage"));
        let end_of_line = |at: usize| self.text[at..self.range.end].find('\n').map(|end| at + end + 1);
        let after_status = status
            .filter(|entry| !matches!(self.written(entry), Ok(Written::Lines) | Err(_)))
            .and_then(|entry| end_of_line(entry.key_span?.end));
        let at = after_status.unwrap_or(self.range.end);
        let is_open = at > 0 && !self.text[..at].ends_with('\n');
        Edit::insert(at, if is_open { eol.to_owned() + &line } else { line + eol })
    }

    /// Returns a key in the fashion of the others: `superseded-by`, `superseded_by`, `supersededBy`.
    pub(super) fn key(&self, name: &str, dialect: Dialect) -> String {
        let keys = || self.table.0.iter().map(|entry| entry.key.as_str());
        let camel = |key: &str| key.chars().zip(key.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
        if dialect == Dialect::Adrkit || keys().any(camel) {
            let mut parts = name.split('-');
            let first = parts.next().unwrap_or("").to_owned();
            return parts.fold(first, |key, part| key + &part[..1].to_uppercase() + &part[1..]);
        }
        if keys().any(|key| key.contains('_')) { name.replace('-', "_") } else { name.to_owned() }
    }

    /// Writes an item as the items beside it are written.
    fn as_item(&self, entry: &Entry, item: &str) -> String {
        let span = entry.node.span.and_then(|span| self.text.get(span.start..span.end)).unwrap_or("");
        match span.chars().find(|letter| matches!(letter, '"' | '\'')) {
            Some(sign) => format!("{sign}{}{sign}", escaped(sign, item)),
            None => self.quoted_item(item),
        }
    }

    /// Writes an item of a list that has no other.
    pub(super) fn quoted_item(&self, item: &str) -> String {
        if item.contains([',', '[', ']', '{', '}']) {
            format!("\"{}\"", escaped('"', item))
        } else {
            self.quoted_where_needed(item)
        }
    }

    /// Puts a value in quotes where it would else be read as something other than this text.
    pub(super) fn quoted_where_needed(&self, value: &str) -> String {
        let leading = value.starts_with(|first: char| !first.is_alphanumeric() && first != '/');
        let number = value.starts_with('0') && value.len() > 1 && value.bytes().all(|byte| byte.is_ascii_digit());
        let word =
            matches!(value.to_lowercase().as_str(), "" | "true" | "false" | "null" | "yes" | "no" | "on" | "off");
        let risky =
            value.contains(": ") || value.contains(" #") || value.contains(['[', '"', '\'']) || value.ends_with(':');
        let spoken = value.contains(" by ");
        if leading || number || word || risky || spoken || self.sign == '=' {
            format!("\"{}\"", escaped('"', value))
        } else {
            value.to_owned()
        }
    }

    /// Looks at how the value of a key is written.
    fn written(&self, entry: &Entry) -> Result<Written, Unable> {
        let unclear = Unable::Unclear { what: "the front matter" };
        let key_end = entry.key_span.ok_or(unclear.clone())?.end;
        let rest = self.text.get(key_end..self.range.end).ok_or(unclear.clone())?;
        let sign = rest.find(self.sign).filter(|at| rest[..*at].trim_matches(['"', '\'', ' ']).is_empty());
        let begin = key_end + sign.ok_or(unclear.clone())? + 1;
        let line = &self.text[begin..self.range.end];
        let line = line.split(['\n', '\r']).next().unwrap_or("");
        let value = line.trim_start_matches([' ', '\t']);
        let at = begin + line.len() - value.len();
        let below = entry.node.span.is_some_and(|span| {
            self.text[begin + line.len()..].starts_with(['\n', '\r']) && span.end > begin + line.len() && {
                let more = self.text.get(begin + line.len()..span.end).unwrap_or("");
                more.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
            }
        });
        if below {
            return Ok(Written::Lines);
        }
        match value.chars().next() {
            None | Some('#') => Ok(Written::Nothing(begin)),
            Some(sign @ ('"' | '\'')) => {
                let end = closing_quote(value, sign).ok_or(unclear)?;
                Ok(Written::Quoted(sign, at + 1..at + end))
            }
            Some(open @ ('{' | '[')) => {
                let close = if open == '{' { '}' } else { ']' };
                let end = without_comment(value).rfind(close).ok_or(unclear)?;
                let inner = &value[1..end];
                let lead = inner.len() - inner.trim_start().len();
                Ok(Written::Framed(at + 1 + lead..at + 1 + lead + inner.trim().len()))
            }
            Some('|' | '>' | '&' | '*' | '!') => Ok(Written::Lines),
            Some(_) => Ok(Written::Bare(at..at + without_comment(value).trim_end().len())),
        }
    }
}

impl Edit {
    /// Takes the brackets around a value with it, and puts it in quotes.
    fn unframed(self, text: &str, value: &str) -> Self {
        let start = text[..self.span.start].trim_end().len().saturating_sub(1);
        let after = &text[self.span.end..];
        let end = self.span.end + (after.len() - after.trim_start().len()) + 1;
        Self::replace(start..end, format!("\"{}\"", escaped('"', value)))
    }
}

fn escaped(sign: char, value: &str) -> String {
    if sign == '"' { value.replace('\\', "\\\\").replace('"', "\\\"") } else { value.replace('\'', "''") }
}

fn is_plain_word(value: &str) -> bool {
    value.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | ' '))
}

/// Finds the quote that closes the first one.
fn closing_quote(value: &str, sign: char) -> Option<usize> {
    let mut letters = value.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' && sign == '"' {
            letters.next();
        } else if letter == sign {
            if sign == '\'' && letters.next_if(|(_, next)| *next == '\'').is_some() {
                continue;
            }
            return Some(at);
        }
    }
    None
}

fn without_comment(value: &str) -> &str {
    let comment = value.find(" #").into_iter().chain(value.find("\t#")).min();
    &value[..comment.unwrap_or(value.len())]
}

/// Counts the bytes of these signs at the end of a text.
fn trailing(text: &str, signs: &[char]) -> usize {
    text.len() - text.trim_end_matches(signs).len()
}

/// The front matter of an open record, where there is one.
pub(super) fn front<'o>(open: &'o Open<'_>) -> Option<Block<'o>> {
    Block::of_front_matter(open.input)
}

/// Whether relations and status of a record have keys of their own, as programs write them.
pub(super) fn is_typed(open: &Open<'_>) -> bool {
    use Dialect::{Adrkit, AdrsNg, Backstage, Docusaurus, Eip, EmberRfc, Kep, Madr3, Madr4, Openshift, Typed};
    let keyed = || front(open).is_some_and(|block| block.has_relation_keys());
    match open.dialect() {
        Typed | Adrkit | AdrsNg | Docusaurus | Backstage | EmberRfc | Eip | Kep | Openshift => true,
        Madr3 | Madr4 => keyed(),
        _ => false,
    }
}

/// Works on the file of metadata beside the page.
pub(super) fn metadata(
    input: &Input<'_>,
    work: impl FnOnce(Option<Block<'_>>) -> Result<Vec<Edit>, Unable>,
) -> Result<Edits, Unable> {
    let unclear = Unable::Unclear { what: "the file of metadata" };
    let (_, text) = input.metadata.ok_or(unclear.clone())?;
    let table = data::parse_yaml(text).map_err(|_| unclear)?;
    Ok(Edits { metadata: work(Some(Block::of_file(text, &table)))?, ..Edits::default() })
}
