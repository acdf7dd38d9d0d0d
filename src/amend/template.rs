//! Templates of records: the built-in ones, and how any is filled in.

use super::next::Heading;
use crate::date::Date;
use crate::decision::{Dialect, State};

/// The names of the built-in templates.
pub const BUILT_IN: &[&str] =
    &["madr", "madr-minimal", "madr2", "nygard", "log4brains", "y-statement", "rust-rfc", "eip"];

/// Returns a built-in template, and the form that its records have.
pub(super) fn built_in(name: &str) -> Option<(&'static str, Dialect)> {
    Some(match name {
        "madr" => (include_str!("../../templates/decision.md"), Dialect::Madr4),
        "madr-minimal" => (include_str!("../../templates/decision/madr-minimal.md"), Dialect::Madr4),
        "madr2" => (include_str!("../../templates/decision/madr2.md"), Dialect::Madr2),
        "nygard" => (include_str!("../../templates/decision/nygard.md"), Dialect::Nygard),
        "log4brains" => (include_str!("../../templates/decision/log4brains.md"), Dialect::Log4brains),
        "y-statement" => (include_str!("../../templates/decision/y-statement.md"), Dialect::YStatement),
        "rust-rfc" => (include_str!("../../templates/decision/rust-rfc.md"), Dialect::RustRfc),
        "eip" => (include_str!("../../templates/decision/eip.md"), Dialect::Eip),
        _ => return None,
    })
}

/// Returns the template for a collection whose records have a form.
pub(super) fn of_dialect(dialect: Option<Dialect>) -> (&'static str, Dialect) {
    use Dialect::{
        BoldBullets, Cosmos, DateNamed, Eip, Fields, Log4brains, Madr1, Madr2, Nygard, Plain, RustRfc, YStatement,
    };
    let name = match dialect {
        Some(Nygard | Cosmos | Fields | DateNamed | Plain) => "nygard",
        Some(Madr1 | Madr2 | BoldBullets) => "madr2",
        Some(Log4brains) => "log4brains",
        Some(YStatement) => "y-statement",
        Some(RustRfc) => "rust-rfc",
        Some(Eip) => "eip",
        _ => "madr",
    };
    built_in(name).expect("every name of this list is built in")
}

/// What is filled in.
pub(super) struct Fill<'a> {
    pub(super) title: &'a str,
    pub(super) heading: &'a Heading,
    /// As the name of the file has it.
    pub(super) number: &'a str,
    pub(super) date: Date,
    pub(super) state: State,
}

/// Fills a template in: `{title}` and its kin of ours, `NUMBER` and its kin of adr-tools, placeholders of MADR and
/// log4brains for title, status and date. What only the author knows stays.
pub(super) fn fill(template: &str, fill: &Fill<'_>) -> String {
    let ours = ["{title}", "{heading}", "{quoted}"].iter().any(|name| template.contains(name));
    let of_adr_tools = template.contains("TITLE");
    let mut out = String::with_capacity(template.len() + fill.title.len());
    let mut front = Front::Before;
    let mut titled = false;
    for whole in template.trim_start_matches('\u{feff}').split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        front = front.after(line);
        let filled = match line {
            _ if ours => by_names(line, fill),
            _ if of_adr_tools => by_words(line, fill),
            _ if front == Front::Inside => keyed(line, fill),
            _ if !titled && line.starts_with("# ") => {
                titled = true;
                format!("# {}", fill.heading_for(line))
            }
            _ => bulleted(line, fill),
        };
        out += &filled;
        out += &whole[line.len()..];
    }
    out
}

#[derive(Clone, Copy, PartialEq)]
enum Front {
    Before,
    Inside,
    After,
}

impl Front {
    fn after(self, line: &str) -> Self {
        match (self, line.trim_end() == "---") {
            (Self::Before, true) => Self::Inside,
            (Self::Inside, false) => Self::Inside,
            _ => Self::After,
        }
    }
}

impl Fill<'_> {
    /// The title as the heading has it; where no record shows how, with a number if the template's words have one.
    fn heading_for(&self, line: &str) -> String {
        match self.heading {
            Heading::Bare(text) => text.clone(),
            Heading::Unknown(number, title) if line.contains("number") || line.contains("NUMBER") => {
                format!("{number}. {title}")
            }
            Heading::Unknown(_, title) => title.clone(),
        }
    }

    fn status(&self) -> String {
        let name = self.state.name();
        name[..1].to_uppercase() + &name[1..]
    }
}

fn by_names(line: &str, fill: &Fill<'_>) -> String {
    let quoted = fill.title.replace('\\', "\\\\").replace('"', "\\\"");
    let heading = match fill.heading {
        Heading::Unknown(number, title) => format!("{number}. {title}"),
        Heading::Bare(text) => text.clone(),
    };
    // The title is put in last, so that what it holds is left alone.
    let line = line
        .replace("{number}", fill.number.trim_start_matches('0'))
        .replace("{date}", &fill.date.to_string())
        .replace("{status}", fill.state.name())
        .replace("{Status}", &fill.status());
    match line.as_str() {
        "# {title}" => format!("# {}", fill.heading_for("")),
        line if line.contains("{heading}") => line.replace("{heading}", &heading),
        line => line.replace("{quoted}", &quoted).replace("{title}", fill.title),
    }
}

/// `# NUMBER. TITLE`, as the templates of adr-tools have it.
fn by_words(line: &str, fill: &Fill<'_>) -> String {
    let number = fill.number.trim_start_matches('0');
    let line = line.replace("DATE", &fill.date.to_string()).replace("STATUS", &fill.status()).replace("NUMBER", number);
    line.replace("TITLE", fill.title)
}

/// `status: {proposed | …}` and `date: {YYYY-MM-DD …}`, also where a comment offers them.
fn keyed(line: &str, fill: &Fill<'_>) -> String {
    let offered = line.strip_prefix("# ").unwrap_or(line);
    let Some((key, value)) = offered.split_once(':') else { return line.to_owned() };
    let value = value.trim();
    let asks = value.contains('{') || value.contains('[') && value.contains('|') || value.contains("YYYY");
    match key.trim() {
        "status" if asks && value.contains('|') => format!("status: {}", fill.state.name()),
        "date" if asks => format!("date: {}", fill.date),
        "title" if !line.starts_with('#') => {
            format!("title: \"{}\"", fill.title.replace('\\', "\\\\").replace('"', "\\\""))
        }
        _ => line.to_owned(),
    }
}

/// `- Status: [proposed | …]` and `- Date: [YYYY-MM-DD …]`
fn bulleted(line: &str, fill: &Fill<'_>) -> String {
    let Some((key, value)) = line.split_once(':') else { return line.to_owned() };
    let name = key.trim_matches(['-', '*', '+', ' ', '_']).to_lowercase();
    let bold = if value.starts_with("**") { "**" } else { "" };
    match name.as_str() {
        "status" if value.contains('|') => format!("{key}:{bold} {}", fill.state.name()),
        "date" if value.contains("YYYY") => format!("{key}:{bold} {}", fill.date),
        _ => line.to_owned(),
    }
}
