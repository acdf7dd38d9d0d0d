//! `precedent search`

use std::io;
use std::time::SystemTime;

use super::args::{Format, Search as Args, word};
use super::terminal::{Colour, harmless};
use super::{Error, Outcome, terminal};
use crate::disk::{Book, Environment, Pages, cache};
use crate::search::{Filters, Hit, LastWord, Request, Results};

pub(super) fn run(args: &Args, environment: &Environment) -> Result<Outcome, Error> {
    let mut book = Book::open(&args.dir, environment)?;
    let request = Request {
        text: args.query.join(" "),
        filters: Filters {
            kinds: args.kind.iter().map(word).collect(),
            statuses: args.status.iter().map(word).collect(),
            tags: args.tag.clone(),
            people: args.by.clone(),
            scopes: args.scope.clone(),
        },
        limit: args.limit.into(),
        last_word: LastWord::Complete,
    };
    let found = cache::ask(&mut book, SystemTime::now(), |index| index.search(&request))?;
    if matches!(args.format, Format::Text) {
        remark(&found);
    }
    match args.format {
        Format::Json => terminal::print_json(&found.results)?,
        Format::Text if found.results.is_empty() => eprintln!("nothing found for `{}`", harmless(&request.text)),
        Format::Text if args.open => open(&mut book, &found.results[0])?,
        Format::Text => {
            let text = text(&found.results, Colour::of(&io::stdout()));
            if args.no_pager { terminal::print(&text)? } else { terminal::print_paged(&text)? }
        }
    }
    Ok(if found.results.is_empty() { Outcome::Denied } else { Outcome::Clean })
}

/// Says where something else was searched for than what was typed.
fn remark(found: &Results) {
    for word in found.unknown.iter().filter(|_| !found.results.is_empty()) {
        eprintln!("nothing has `{}`; showing pages with the other words", harmless(word));
    }
    for (typed, meant) in &found.corrected {
        eprintln!("nothing has `{}`; searched for `{}`", harmless(typed), harmless(meant));
    }
    for (typed, name) in &found.synonyms {
        eprintln!("searched for `{}` and for `{}`", harmless(typed), harmless(name));
    }
}

/// Opens a result: on the built site where there is one, else at the site's address, else the file itself.
fn open(book: &mut Book, hit: &Hit) -> Result<(), Error> {
    let survey = book.survey(Pages::Published)?;
    let page = survey.site.addresses.file_of(hit.url.split('#').next().unwrap_or(""));
    let file = book.root().join(survey.folder.as_str()).join(page);
    let address = match &survey.url {
        _ if file.is_file() => {
            let anchor = hit.url.split_once('#').map_or(String::new(), |(_, anchor)| format!("#{anchor}"));
            format!("file://{}{anchor}", file.display())
        }
        Some(url) => format!("{url}{}", hit.url),
        None => book.root().join(&hit.path).display().to_string(),
    };
    terminal::print(&format!("{}\n", harmless(&address)))?;
    ::open::that_detached(&address).map_err(|source| Error::Open { address, source })
}

fn text(results: &[Hit], colour: Colour) -> String {
    results.iter().map(|hit| one(hit, colour)).collect::<Vec<_>>().join("\n")
}

fn one(hit: &Hit, colour: Colour) -> String {
    let title = if hit.heading.is_empty() { hit.title.clone() } else { format!("{} › {}", hit.title, hit.heading) };
    let mut head = colour.paint("1", &harmless(&title));
    if let Some(status) = &hit.status {
        let code = match status.as_str() {
            "accepted" => "32",
            "proposed" => "33",
            "rejected" => "31",
            _ => "35",
        };
        head += &format!("  {}", colour.paint(code, status));
    }
    let mut place = colour.paint("36", &format!("{}:{}", harmless(&hit.path), hit.line));
    if !hit.breadcrumb.is_empty() {
        place += &format!("  {}", colour.paint("2", &harmless(&hit.breadcrumb.join(" › "))));
    }
    let excerpt: String = hit
        .excerpt
        .iter()
        .map(|part| {
            let text = harmless(&part.text);
            if part.marked { colour.paint("1;33", &text) } else { text }
        })
        .collect();
    format!("{head}\n  {place}\n  {}\n", excerpt.trim())
}
