//! Active content: what a browser would run of a file that it opens by itself.
//!
//! A file's name and bytes come in; nothing comes out where it is certain that nothing in the file runs, else the reason.
//! What is certain is a list (`lists`) of the elements, attributes and addresses that do nothing but show. Everything
//! that a host may serve as XML or HTML is held against it: by its name, and where the name says nothing, by its bytes.

mod address;
mod encoding;
mod lists;
mod name;
mod prolog;
mod reason;
mod style;
mod tree;

use name::Kind;
pub use reason::Active;

/// Says whether it is certain that a browser runs nothing of a file that it opens by itself, whatever host serves it.
///
/// # Errors
/// With what could run, or why that cannot be told.
pub fn check(name: &str, content: &[u8]) -> Result<(), Active> {
    match name::kind(name) {
        Kind::Inert => Ok(()),
        Kind::Runs(reason) => Err(Active::new(reason)),
        Kind::Xml => tree::check(content),
        Kind::Unknown if !begins_as_markup(content) => Ok(()),
        Kind::PerhapsXml | Kind::Unknown if is_sniffed_as_html(content) => Err(Active::new(BEGINS_AS_HTML)),
        Kind::PerhapsXml | Kind::Unknown => tree::check(content),
    }
}

const BEGINS_AS_HTML: &str = "it begins as HTML, which is what a browser takes it for where a host does not know its name; \
    if it is XML, `<?xml version=\"1.0\"?>` at its beginning says so";

/// Says whether browsers and servers that know no type for a text take it for HTML, by its beginning.
///
/// These are the signatures of the MIME Sniffing Standard, section 7.1, which Go's `DetectContentType` shares; they are
/// met here also where the sign after the name is another than the standard's white space or `>`.
pub fn is_sniffed_as_html(content: &[u8]) -> bool {
    let start = content.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(content.len());
    let content = &content[start..];
    SIGNATURES.iter().any(|signature| {
        content.get(..signature.len()).is_some_and(|start| start.eq_ignore_ascii_case(signature.as_bytes()))
            && content.get(signature.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
    })
}

const SIGNATURES: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a",
    "<style",
    "<title",
    "<b",
    "<body",
    "<br",
    "<p",
    "<!--",
];

/// Says whether the first sign that is seen opens a tag, in any encoding of which that can be told.
fn begins_as_markup(content: &[u8]) -> bool {
    let is_skipped = |byte: &&u8| byte.is_ascii_whitespace() || matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff);
    content.iter().find(|byte| !is_skipped(byte)) == Some(&b'<')
}

#[cfg(test)]
mod tests;
