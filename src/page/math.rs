//! Formulas: LaTeX comes in, MathML Core comes out, at build time.

use pulldown_latex::config::DisplayMode;
use pulldown_latex::event::{Content, Event};
use pulldown_latex::{Parser, RenderConfig, Storage, push_mathml};

use super::writer::escaped;

/// Where a formula stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    /// In a line of text.
    Inline,
    /// On its own.
    Block,
}

/// The longest formula that is read, in bytes.
const LONGEST: usize = 16 * 1024;

/// Returns the MathML of a formula.
pub(super) fn render(latex: &str, display: Display, label: &str) -> Result<String, String> {
    if latex.len() > LONGEST {
        return Err(format!("longer than {LONGEST} bytes"));
    }
    // Authors who write for GitHub escape twice; that is tried only where the formula makes no sense as it is.
    let html = mathml(latex, display).or_else(|error| {
        let rewritten = rewrite(latex);
        if rewritten == latex { Err(error) } else { mathml(&rewritten, display).map_err(|_| error) }
    })?;
    Ok(match display {
        Display::Inline => html,
        Display::Block => {
            // A formula stands in a paragraph, which no block element may.
            format!(
                "<span class=\"math\" role=\"group\" tabindex=\"0\" aria-label=\"{}\">{html}</span>",
                escaped(label)
            )
        }
    })
}

fn mathml(latex: &str, display: Display) -> Result<String, String> {
    let storage = Storage::new();
    let events: Result<Vec<_>, _> = Parser::new(latex, &storage).collect();
    let events = events.map_err(|error| first_line(&error.to_string()))?;
    let mode = if display == Display::Block { DisplayMode::Block } else { DisplayMode::Inline };
    let mut html = String::new();
    // The library writes the name of an operator as it is, `\operatorname{<script>}` too: the one text it does not escape.
    let names: Vec<String> = events.iter().map(|event| operator(event).map_or(String::new(), escaped)).collect();
    let results = events.into_iter().zip(&names).map(|(event, name)| {
        let is_operator = operator(&event).is_some();
        Ok::<_, std::convert::Infallible>(if is_operator { Event::Content(Content::Function(name)) } else { event })
    });
    push_mathml(&mut html, results, RenderConfig { display_mode: mode, ..RenderConfig::default() })
        .map_err(|error| error.to_string())?;
    // The library escapes its own entity.
    Ok(without_styles(&html).replace("&amp;nbsp;", "\u{a0}"))
}

/// Returns the name that an author gave to an operator.
fn operator<'a>(event: &Event<'a>) -> Option<&'a str> {
    match event {
        Event::Content(Content::Function(name)) => Some(name),
        _ => None,
    }
}

/// Undoes double escapes, and writes out what the parser does not know.
fn rewrite(latex: &str) -> String {
    let mut out = latex.replace("\\mod", "\\;\\mathrm{mod}\\;");
    for sign in ["{", "}", "_", "%", "#", "&"] {
        out = out.replace(&format!("\\\\{sign}"), &format!("\\{sign}"));
    }
    out
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or("").trim_end_matches(':').to_owned()
}

/// Drops inline styles (colours), which the content security policy forbids.
fn without_styles(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find(" style=\"") {
        out.push_str(&rest[..start]);
        let value = &rest[start + 8..];
        rest = value.find('"').map_or("", |end| &value[end + 1..]);
    }
    out + rest
}
