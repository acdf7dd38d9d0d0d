//! One line of a CODEOWNERS file, split into what it says.

/// What a line says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// It is empty or a comment.
    Nothing,
    /// `[name]`, `^[name]` or `[name][2]`, and the owners of patterns that name none.
    Section { name: String, owners: Vec<String> },
    /// A pattern, in which only what a pattern knows is still escaped, and its owners.
    Rule { pattern: String, owners: Vec<String> },
    /// A pattern after `!`.
    Exclusion { pattern: String },
}

/// Reads a line.
pub(super) fn read(line: &str) -> Result<Line, String> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(Line::Nothing);
    }
    if let Some((name, rest)) = heading(line) {
        return Ok(Line::Section { name, owners: owners(rest)? });
    }
    if let Some(excluded) = line.strip_prefix('!') {
        return Ok(Line::Exclusion { pattern: split_pattern(excluded).0 });
    }
    let (pattern, rest) = split_pattern(line);
    Ok(Line::Rule { pattern, owners: owners(rest)? })
}

/// Returns a section's name and what follows it. `[ab]*.md @owner` is a pattern: after a heading comes a space or `[`.
fn heading(line: &str) -> Option<(String, &str)> {
    let inner = line.strip_prefix('^').unwrap_or(line).strip_prefix('[')?;
    let (name, rest) = inner.split_once(']')?;
    let approvals = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let rest = match approvals {
        Some((number, rest)) if number.trim().chars().all(|digit| digit.is_ascii_digit()) => rest,
        _ => rest,
    };
    let ends = rest.is_empty() || rest.starts_with([' ', '\t']);
    (ends && !name.trim().is_empty()).then(|| (name.trim().to_owned(), rest))
}

/// Splits a line at the first space that no `\` stands before, and frees what only this format escapes.
fn split_pattern(line: &str) -> (String, &str) {
    let mut pattern = String::new();
    let mut signs = line.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            ' ' | '\t' => return (pattern, &line[at..]),
            '\\' => match signs.next() {
                Some((_, plain @ (' ' | '\t' | '#' | '@' | '!'))) => pattern.push(plain),
                Some((_, escaped)) => pattern.extend(['\\', escaped]),
                None => pattern.push('\\'),
            },
            _ => pattern.push(sign),
        }
    }
    (pattern, "")
}

/// Returns the owners up to a comment.
fn owners(text: &str) -> Result<Vec<String>, String> {
    let words = text.split_whitespace().take_while(|word| !word.starts_with('#'));
    words.map(|word| if is_owner(word) { Ok(word.to_owned()) } else { Err(no_owner(word)) }).collect()
}

/// Says whether a word is `@name`, `@organisation/team`, GitLab's `@@role` or an address.
fn is_owner(word: &str) -> bool {
    let named = word.trim_start_matches('@');
    let address = named.split_once('@').is_some_and(|(who, place)| !who.is_empty() && place.contains('.'));
    if word.starts_with('@') { !named.is_empty() && !named.contains('@') } else { address }
}

fn no_owner(word: &str) -> String {
    format!("`{word}` is no owner; write `@name`, `@organisation/team` or an address, and `\\ ` for a space in a name")
}
