//! A message as a page of HTML that needs nothing beside it, as mail shows it.

use super::message::{Digest, Item};

/// Writes the whole page.
pub fn html(digest: &Digest, language: &str) -> String {
    let title = escaped(&digest.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n</head>\n\
         <body style=\"font-family:system-ui,sans-serif;line-height:1.5;max-width:44em;margin:2em auto;padding:0 1em\">\n\
         <h1 style=\"font-size:1.4em;margin-bottom:0\">{title}</h1>\n<p style=\"color:#666;margin-top:0\">{}</p>\n",
        escaped(language),
        escaped(&digest.period)
    );
    out += &parts(digest);
    if let Some(link) = &digest.link {
        out += &format!("<p><a href=\"{0}\">{0}</a></p>\n", escaped(link));
    }
    out + "</body>\n</html>\n"
}

fn parts(digest: &Digest) -> String {
    let mut out = String::new();
    for part in &digest.parts {
        out += &format!(
            "<h2 style=\"font-size:1.15em\">{}</h2>\n<ul style=\"padding-left:1.2em\">\n",
            escaped(&part.heading)
        );
        for Item { title, link, path, lines, by } in &part.items {
            let title = escaped(title);
            let title = match link {
                Some(link) => format!("<a href=\"{}\">{title}</a>", escaped(link)),
                None => format!("{title} <code>{}</code>", escaped(path)),
            };
            out += &format!("<li style=\"margin-bottom:.6em\"><strong>{title}</strong>");
            lines.iter().for_each(|line| out += &format!("<br>{}", escaped(line)));
            if !by.is_empty() {
                out += &format!("<br><small style=\"color:#666\">{}</small>", escaped(by));
            }
            out += "</li>\n";
        }
        out += "</ul>\n";
    }
    if let Some(small) = &digest.small {
        out += &format!("<p style=\"color:#666\">{}</p>\n", escaped(small));
    }
    out
}

/// Returns what became of a page, and who did it, as HTML for a feed.
pub(super) fn lines(item: &Item) -> String {
    let mut out = String::from("<ul>");
    item.lines.iter().for_each(|line| out += &format!("<li>{}</li>", escaped(line)));
    out += "</ul>";
    if !item.by.is_empty() {
        out += &format!("<p>{}</p>", escaped(&item.by));
    }
    out
}

/// Returns a text as HTML shows it, also in an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter if letter.is_control() || super::markdown::is_override(letter) => {}
            letter => out.push(letter),
        }
    }
    out
}
