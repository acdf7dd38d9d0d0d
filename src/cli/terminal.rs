//! Printing: to a terminal in colour, to a pipe plainly, to a closed pipe silently.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};

use serde::Serialize;

use super::Error;
use crate::data::to_pretty_json;
use crate::decision::State;

/// Returns the escape code of the colour that a state has.
pub(super) fn colour_of(state: State) -> &'static str {
    match state {
        State::Accepted => "32",
        State::Proposed => "33",
        State::Rejected => "31",
        State::Deprecated | State::Superseded | State::Unknown => "35",
    }
}

/// Whether what is printed may be coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    Yes,
    No,
}

impl Colour {
    /// Follows <https://no-color.org> and what the stream is.
    pub(super) fn of(stream: &impl IsTerminal) -> Self {
        let forbidden = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if stream.is_terminal() && !forbidden { Self::Yes } else { Self::No }
    }

    /// Wraps a text in an SGR code.
    pub(super) fn paint(self, code: &str, text: &str) -> String {
        match self {
            Self::Yes if !text.is_empty() => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            _ => text.to_owned(),
        }
    }
}

/// Prints to standard output what people read. A reader that has gone, such as `head`, is no error.
///
/// Whatever a text of the book holds, nothing but letters, line breaks and colours reaches a terminal or a log.
pub(super) fn print(text: &str) -> Result<(), Error> {
    print_exactly(&text.chars().filter(|letter| *letter == '\u{1b}' || is_visible(*letter)).collect::<String>())
}

/// Prints JSON, in which what could drive a terminal is escaped.
pub(super) fn print_json(value: &impl Serialize) -> Result<(), Error> {
    let mut out = String::new();
    for letter in to_pretty_json(value).chars() {
        if is_visible(letter) {
            out.push(letter);
        } else {
            // Within a text: between values JSON has blanks and line breaks alone.
            out += &format!("\\u{:04x}", u32::from(letter));
        }
    }
    print_exactly(&(out + "\n"))
}

/// Prints to standard output byte by byte what other programs read.
pub(super) fn print_exactly(text: &str) -> Result<(), Error> {
    match io::stdout().lock().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(Error::Print),
    }
}

/// Prints page by page where standard output is a terminal, with `PRECEDENT_PAGER`, `PAGER` or `less`.
///
/// What fits is printed as it is, and where the pager cannot be started all is.
pub(super) fn print_paged(text: &str) -> Result<(), Error> {
    let pager = ["PRECEDENT_PAGER", "PAGER"].iter().find_map(|name| env::var(name).ok());
    let pager = pager.unwrap_or_else(|| "less".to_owned());
    let mut words = pager.split_whitespace();
    let Some(program) = words.next().filter(|program| *program != "cat" && io::stdout().is_terminal()) else {
        return print(text);
    };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    let text = text.chars().filter(|letter| *letter == '\u{1b}' || is_visible(*letter)).collect::<String>();
    if env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    let Ok(mut child) = command.spawn() else { return print(&text) };
    if let Some(mut input) = child.stdin.take() {
        // A reader that leaves early has seen enough.
        let _ = input.write_all(text.as_bytes());
    }
    child.wait().map(drop).map_err(Error::Print)
}

/// Shows a line on a terminal that the next line replaces.
pub(super) fn progress(text: &str) {
    if io::stderr().is_terminal() {
        let _ = write!(io::stderr(), "\r\u{1b}[2K{text}");
    }
}

/// Drops the characters of one line with which it could drive the terminal or stand in another order than it is.
pub(super) fn harmless(text: &str) -> String {
    text.chars().filter(|letter| *letter != '\n' && is_visible(*letter)).collect()
}

/// Drops such characters of several lines.
pub(super) fn harmless_lines(text: &str) -> String {
    text.chars().filter(|letter| is_visible(*letter)).collect()
}

/// Says whether a character only shows: no control of ISO 6429 (C0, C1), no override or isolate of the bidirectional
/// algorithm (<https://trojansource.codes>).
pub(super) fn is_visible(letter: char) -> bool {
    let is_override = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    matches!(letter, '\n' | '\t') || !letter.is_control() && !is_override
}
