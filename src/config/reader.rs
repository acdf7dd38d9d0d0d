//! Reads one table of `book.toml` key by key and knows in the end which keys nobody asked for, and what the others may be.

use std::collections::BTreeSet;

use crate::data::{Entry, Key, Node, Schema, Table, Use, Value};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::path::{BookPath, SitePath};

/// A table being read.
pub(super) struct Reader<'a> {
    table: &'a Table,
    path: &'a BookPath,
    /// The name of the table with its dot, for messages: `book.`
    prefix: String,
    known: BTreeSet<String>,
    /// What was asked for, in order, and what it may be.
    keys: Vec<Key>,
    /// What any other key may be.
    others: Option<Schema>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(table: &'a Table, path: &'a BookPath, prefix: &str) -> Self {
        let (known, keys) = (BTreeSet::new(), Vec::new());
        Self { table, path, prefix: prefix.to_owned(), known, keys, others: None, diagnostics: Vec::new() }
    }

    /// Reads a table below this one; an absent one reads as empty.
    pub(super) fn table<T>(&mut self, key: &str, read: impl FnOnce(&mut Reader<'_>) -> T) -> T {
        let empty = Table::default();
        let table = match self.entry(key) {
            Some(Entry { node: Node { value: Value::Table(table), .. }, .. }) => table,
            Some(entry) => {
                self.wrong::<()>(entry, "a table");
                &empty
            }
            None => &empty,
        };
        let mut reader = Reader::new(table, self.path, &format!("{}{key}.", self.prefix));
        let value = read(&mut reader);
        self.takes(key, reader.schema());
        self.diagnostics.extend(reader.finish());
        value
    }

    /// Reads each table of a list; an absent list reads as an empty one.
    pub(super) fn tables<T>(&mut self, key: &str, read: impl Fn(&mut Reader<'_>) -> T) -> Vec<T> {
        let prefix = format!("{}{key}.", self.prefix);
        let nothing = Table::default();
        // What a table may hold is what the reader of one asks for.
        let mut asked = Reader::new(&nothing, self.path, &prefix);
        read(&mut asked);
        self.takes(key, asked.schema().list());
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let tables: Option<Vec<&Table>> = match &entry.node.value {
            Value::List(nodes) => nodes
                .iter()
                .map(|node| match &node.value {
                    Value::Table(table) => Some(table),
                    _ => None,
                })
                .collect(),
            _ => None,
        };
        let tables = tables.or_else(|| self.wrong(entry, "a list of tables")).unwrap_or_default();
        let mut values = Vec::new();
        for table in tables {
            let mut reader = Reader::new(table, self.path, &prefix);
            values.push(read(&mut reader));
            self.diagnostics.extend(reader.finish());
        }
        values
    }

    /// Returns a text that is not empty.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        self.takes(key, Schema::Text);
        let entry = self.entry(key)?;
        match &entry.node.value {
            Value::Text(text) if text.is_empty() => None,
            Value::Text(text) => Some(text.clone()),
            _ => self.wrong(entry, "a text"),
        }
    }

    /// Returns an address that a link of the site may lead to.
    pub(super) fn address(&mut self, key: &str) -> Option<String> {
        self.takes(key, Schema::Text);
        let entry = self.entry(key)?;
        match &entry.node.value {
            Value::Text(text) if text.is_empty() => None,
            Value::Text(text) if is_web_address(text) => Some(text.clone()),
            _ => self.wrong(entry, "an address of the web"),
        }
    }

    /// Returns what a text stands for; `expected` says what it must be.
    pub(super) fn checked<T>(&mut self, key: &str, expected: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(key)?;
        let entry = self.entry(key)?;
        read(&text).or_else(|| self.wrong(entry, expected))
    }

    /// Returns a list of texts.
    pub(super) fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        self.takes(key, Schema::Text.list());
        let entry = self.entry(key)?;
        match &entry.node.value {
            Value::List(nodes) => nodes
                .iter()
                .map(|node| match &node.value {
                    Value::Text(text) => Some(text.clone()),
                    _ => self.wrong(entry, "a list of texts"),
                })
                .collect(),
            _ => self.wrong(entry, "a list of texts"),
        }
    }

    /// Returns a list of texts, each with its place.
    pub(super) fn placed_texts(&mut self, key: &str) -> Vec<(String, Option<Span>)> {
        let texts = self.texts(key).unwrap_or_default();
        let places: Vec<Option<Span>> = match self.entry(key).map(|entry| &entry.node.value) {
            Some(Value::List(nodes)) => nodes.iter().map(|node| node.span).collect(),
            _ => Vec::new(),
        };
        texts.into_iter().zip(places).collect()
    }

    /// Reports a key without which a table means nothing.
    pub(super) fn missing<T>(&mut self, key: &str, expected: &str) -> Option<T> {
        let message = format!("`{}{key}` must be {expected}, and is not there", self.prefix);
        let diagnostic = Diagnostic::new(Code::InvalidSetting, self.path, message);
        let place = self.table.0.iter().find_map(|entry| entry.key_span);
        self.diagnostics.push(match place {
            Some(span) => diagnostic.at(span),
            None => diagnostic,
        });
        None
    }

    pub(super) fn boolean(&mut self, key: &str) -> Option<bool> {
        self.takes(key, Schema::Boolean);
        let entry = self.entry(key)?;
        match entry.node.value {
            Value::Boolean(value) => Some(value),
            _ => self.wrong(entry, "`true` or `false`"),
        }
    }

    /// Returns a path that stays inside the book.
    pub(super) fn path(&mut self, key: &str) -> Option<BookPath> {
        let text = self.text(key)?;
        let entry = self.entry(key)?;
        BookPath::new(&text).ok().or_else(|| self.wrong(entry, "a path inside the book"))
    }

    /// Returns the paths of a list.
    pub(super) fn paths(&mut self, key: &str) -> Vec<BookPath> {
        let texts = self.texts(key).unwrap_or_default();
        texts
            .iter()
            .filter_map(|text| {
                BookPath::new(text).ok().or_else(|| {
                    let entry = self.entry(key)?;
                    self.wrong(entry, "a list of paths inside the book")
                })
            })
            .collect()
    }

    /// Returns the paths of a list of files of the site.
    pub(super) fn site_paths(&mut self, key: &str) -> Vec<SitePath> {
        let paths = self.paths(key);
        paths.iter().map(|path| SitePath::new(path.as_str()).expect("paths of books and sites have one form")).collect()
    }

    /// Returns the names of hosts of the web, which stand in a policy and so are nothing else.
    pub(super) fn hosts(&mut self, key: &str) -> Vec<String> {
        let label = |label: &str| {
            !label.is_empty() && label.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
        };
        let host = |text: &String| {
            let name = text.trim_start_matches("https://").trim_end_matches('/').to_ascii_lowercase();
            let (bare, port) = name.rsplit_once(':').map_or((name.as_str(), None), |(bare, port)| (bare, Some(port)));
            let labels = bare.strip_prefix("*.").unwrap_or(bare);
            let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
            (is_port && labels.contains('.') && labels.split('.').all(label)).then(|| name.clone())
        };
        let (Some(texts), Some(entry)) = (self.texts(key), self.entry(key)) else { return Vec::new() };
        let hosts: Option<Vec<String>> = texts.iter().map(host).collect();
        hosts.or_else(|| self.wrong(entry, "names of hosts such as `stats.example.org`")).unwrap_or_default()
    }

    /// Returns one of several named values.
    pub(super) fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        self.takes(key, of_names(choices));
        let entry = self.entry(key)?;
        let text = entry.node.value.scalar().unwrap_or_default();
        let found = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<String> = choices.iter().map(|(name, _)| format!("`{name}`")).collect();
            return self.wrong(entry, &names.join(" or "));
        }
        found
    }

    /// Returns the choices of a table whose keys are paths.
    pub(super) fn choices_by_path<T: Copy>(&mut self, choices: &[(&str, T)]) -> Vec<(BookPath, T)> {
        let mut found = Vec::new();
        for entry in self.entries(of_names(choices)) {
            let path = BookPath::new(&entry.key).ok().or_else(|| self.wrong(entry, "named by a path inside the book"));
            found.extend(path.zip(self.choice(&entry.key, choices)));
        }
        found
    }

    /// Returns what the paths of a table count, in hundredths: see [`Value::hundredths`].
    pub(super) fn weights_by_path(&mut self) -> Vec<(BookPath, u64)> {
        let mut found = Vec::new();
        for entry in self.entries(Schema::weight()) {
            let path = BookPath::new(&entry.key).ok().or_else(|| self.wrong(entry, "named by a path inside the book"));
            let weight = entry.node.value.hundredths();
            found.extend(path.zip(weight.or_else(|| self.wrong(entry, "`true`, `false` or a number from 0 to 10"))));
        }
        found
    }

    /// Returns each key of a table with the text or texts that it stands for.
    pub(super) fn names(&mut self) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        for entry in self.entries(Schema::Either(vec![Schema::Text, Schema::Scalar.list()])) {
            let others = match &entry.node.value {
                Value::Text(text) => Some(vec![text.clone()]),
                Value::List(nodes) => nodes.iter().map(|node| node.value.scalar()).collect(),
                _ => None,
            };
            let others = others.or_else(|| self.wrong(entry, "a text or a list of texts"));
            found.extend(others.map(|others| [vec![entry.key.clone()], others].concat()));
        }
        found
    }

    /// Accepts a key that has no meaning here.
    pub(super) fn ignore(&mut self, key: &str) {
        self.keys.push(Key { name: key.to_owned(), schema: Schema::Any, used: Use::Ignored });
        self.known.insert(key.to_owned());
    }

    /// Accepts a key that mdBook no longer has, and says so when it asks for something.
    pub(super) fn obsolete(&mut self, key: &str) {
        self.keys.push(Key { name: key.to_owned(), schema: Schema::Any, used: Use::Obsolete });
        if let Some(entry) = self.entry(key).filter(|entry| super::is_set(&entry.node.value)) {
            let message = format!("`{}{key}` has no effect any more", self.prefix);
            self.report(entry, Code::ObsoleteSetting, message, "remove the line");
        }
    }

    /// Returns all keys, each of which then counts as read, and takes what the schema says.
    pub(super) fn entries(&mut self, schema: Schema) -> &'a [Entry] {
        self.others = Some(schema);
        self.known.extend(self.table.0.iter().map(|entry| entry.key.clone()));
        &self.table.0
    }

    /// Reports a value that its key cannot have.
    pub(super) fn wrong<T>(&mut self, entry: &Entry, expected: &str) -> Option<T> {
        let message = format!("`{}{}` must be {expected}, and is {}", self.prefix, entry.key, entry.node.value.kind());
        let diagnostic = Diagnostic::new(Code::InvalidSetting, self.path, message);
        self.diagnostics.push(match entry.node.span.or(entry.key_span) {
            Some(span) => diagnostic.at(span),
            None => diagnostic,
        });
        None
    }

    /// Reports a key or its value that are of the right type and mean nothing.
    pub(super) fn invalid(&mut self, entry: &Entry, why: &str, help: &str) {
        self.report(entry, Code::InvalidSetting, format!("`{}{}`: {why}", self.prefix, entry.key), help);
    }

    /// Returns what was found wrong, with a finding for every key that nobody asked for.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        for entry in &self.table.0 {
            if self.known.contains(&entry.key) {
                continue;
            }
            let message = format!("unknown key `{}{}`", self.prefix, entry.key);
            let diagnostic = Diagnostic::new(Code::UnknownSetting, self.path, message);
            let diagnostic = diagnostic.suggest(&entry.key, self.known.iter().map(String::as_str));
            self.diagnostics.push(match entry.key_span {
                Some(span) => diagnostic.at(span),
                None => diagnostic,
            });
        }
        self.diagnostics
    }

    /// Returns what the table may hold, as far as it was asked.
    pub(super) fn schema(&self) -> Schema {
        Schema::Table(self.keys.clone(), self.others.clone().map(Box::new))
    }

    /// Notes what a key takes. Of two readers of one key the first knows more.
    fn takes(&mut self, key: &str, schema: Schema) {
        if self.keys.iter().all(|known| known.name != key) {
            self.keys.push(Key { name: key.to_owned(), schema, used: Use::Read });
        }
    }

    fn entry(&mut self, key: &str) -> Option<&'a Entry> {
        self.known.insert(key.to_owned());
        self.table.entry(key)
    }

    fn report(&mut self, entry: &Entry, code: Code, message: String, help: &str) {
        let diagnostic = Diagnostic::new(code, self.path, message).help(help);
        self.diagnostics.push(match entry.key_span {
            Some(span) => diagnostic.at(span),
            None => diagnostic,
        });
    }
}

fn of_names<T>(choices: &[(&str, T)]) -> Schema {
    Schema::Choice(choices.iter().map(|(name, _)| (*name).to_owned()).collect())
}

/// Says whether a browser takes the text for a reference or a web address, and not for script.
pub(super) fn is_web_address(text: &str) -> bool {
    let text: String = text.chars().filter(|letter| !letter.is_control() && !letter.is_whitespace()).collect();
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let Some((scheme, _)) = text[..end].split_once(':') else { return true };
    let is_scheme = scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.'));
    !is_scheme || ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str())
}
