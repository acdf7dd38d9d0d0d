//! `precedent explain`

use std::io;

use super::args::Explain as Args;
use super::terminal::Colour;
use super::{Error, Outcome, build, terminal};
use crate::diagnostic::{Code, DOCUMENTATION};
use crate::path::BookPath;

/// The folder of the pages about findings, below that of the documentation.
const FOLDER: &str = "reference/findings";

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let colour = Colour::of(&io::stdout());
    let text = match &args.code {
        Some(name) => page(build::code(name)?, colour),
        None => list(colour),
    };
    terminal::print_paged(&text)?;
    Ok(Outcome::Clean)
}

/// Writes a line for each code: its name, its level where the book says nothing, what it means.
fn list(colour: Colour) -> String {
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    let line = |code: &Code| {
        let name = colour.paint("1", &format!("{:<width$}", code.name()));
        let level = format!("{:?}", code.default_severity()).to_lowercase();
        format!("{name}  {level:<5}  {}\n", code.meaning().trim())
    };
    Code::ALL.iter().map(line).collect()
}

/// Writes the page of a code as it is in the documentation, for a reader without its links.
fn page(code: Code, colour: Colour) -> String {
    let page = code.page();
    let text = page.split_once("\n---\n").map_or(page, |(_, text)| text).trim_start();
    // In the documentation a directive that is shown is escaped.
    let text = with_addresses(&text.replace("\\{{#", "{{#"));
    let line = |line: &str| {
        let is_heading = line.starts_with('#');
        format!("{}\n", if is_heading { colour.paint("1", line) } else { line.to_owned() })
    };
    text.lines().map(line).collect::<String>() + &format!("\n{}\n", code.address())
}

/// Writes links to other pages of the documentation with their addresses.
fn with_addresses(text: &str) -> String {
    let mut parts = text.split("](");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (target, rest) = part.split_once(')').unwrap_or((part, ""));
        let folder = BookPath::new(FOLDER).expect("a plain path");
        let target = match folder.join(target) {
            Ok(page) if page.is_markdown() => format!("{DOCUMENTATION}{}.html", page.as_str().trim_end_matches(".md")),
            _ => target.to_owned(),
        };
        out += &format!("]({target}){rest}");
    }
    out
}
