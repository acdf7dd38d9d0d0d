//! A message as a mail (RFC 5322): a [`Digest`] and the addresses come in, the bytes that `sendmail -t` takes come out.
//!
//! The same digest gives the same bytes: its identification and what separates its parts are made of its text, so a mail that
//! is sent twice is one to the programs that read it.

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address as Header;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::{BodyPart, MimePart};

use super::html::html;
use super::markdown::is_override;
use super::message::Digest;
use super::text::text;
use crate::data::to_json;
use crate::fingerprint::Fingerprint;
use crate::time::Moment;

/// Who writes, or is written to: `Ann Lee <ann@example.org>`, or the address alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    name: String,
    mailbox: String,
    domain: String,
}

/// What a mail says of itself.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// Who writes.
    pub from: Address,
    /// Who is written to. Nobody where whatever sends the mail knows.
    pub to: Vec<Address>,
    /// What it is about; the title and the period where nothing is said.
    pub subject: Option<String>,
    /// When it is of.
    pub date: Moment,
}

impl Address {
    /// Reads an address; nothing where the text is none that every server takes.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (name, mail) = match text.strip_suffix('>') {
            Some(text) => text.rsplit_once('<')?,
            None => ("", text),
        };
        let (mailbox, domain) = mail.split_once('@')?;
        // Without quotes, comments and other scripts: what RFC 5321 calls a `Dot-string`.
        let is_atom = |letter: u8| letter.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&letter);
        let is_of_domain = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'.');
        let is_dotted = |text: &str| !text.is_empty() && text.split('.').all(|part| !part.is_empty());
        let is_sound = is_dotted(mailbox) && mailbox.len() <= 64 && mailbox.bytes().all(is_atom);
        let is_sound = is_sound && is_dotted(domain) && domain.len() <= 255 && domain.bytes().all(is_of_domain);
        let name = name.trim().trim_matches('"').to_owned();
        let is_harmless = !name.chars().any(|letter| letter.is_control() || is_override(letter));
        let of = |text: &str| text.to_owned();
        (is_sound && is_harmless).then(|| Self { name, mailbox: of(mailbox), domain: of(domain) })
    }

    fn header(&self) -> Header<'static> {
        let name = (!self.name.is_empty()).then(|| self.name.clone());
        Header::new_address(name, format!("{}@{}", self.mailbox, self.domain))
    }
}

/// Writes the mail: the plain text first, then the page of HTML.
pub fn mail(digest: &Digest, envelope: &Envelope, language: &str) -> Vec<u8> {
    let Envelope { from, to, subject, date } = envelope;
    let domain = &from.domain;
    let addresses: Vec<String> = to.iter().map(|to| format!("{}@{}", to.mailbox, to.domain)).collect();
    let identity = Fingerprint::of_bytes(to_json(&(digest, &addresses, subject, date)).as_bytes());
    let subject = subject.clone().unwrap_or_else(|| format!("{}: {}", digest.title, digest.period));
    let part = |kind: &str, content: String| {
        let kind = ContentType::new(kind.to_owned()).attribute("charset", "utf-8");
        MimePart::new(kind, BodyPart::Text(content.into()))
    };
    let parts = vec![part("text/plain", plain(digest)), part("text/html", html(digest, language))];
    let kind = ContentType::new("multipart/alternative").attribute("boundary", format!("=_{identity}"));
    let mut message = MessageBuilder::new()
        .date(date.0)
        .from(from.header())
        .subject(one_line(&subject))
        .message_id(format!("{identity}.precedent@{domain}"))
        // Programs that answer for people leave it alone (RFC 3834), and people can filter it (RFC 2919).
        .header("Auto-Submitted", Raw::new("auto-generated"))
        .header("Precedence", Raw::new("bulk"))
        .header("List-Id", Raw::new(format!("<changes.precedent.{domain}>")))
        .body(MimePart::new(kind, parts));
    if !to.is_empty() {
        message = message.to(Header::new_list(to.iter().map(Address::header).collect()));
    }
    let mut bytes = Vec::new();
    message.serialize(&mut bytes);
    bytes
}

fn plain(digest: &Digest) -> String {
    let mut shown = digest.clone();
    let clean = |text: &mut String| *text = one_line(text);
    [&mut shown.title, &mut shown.period].into_iter().chain(&mut shown.small).for_each(clean);
    for part in &mut shown.parts {
        clean(&mut part.heading);
        for item in &mut part.items {
            // Who reads it cannot open a file of the book, but its page.
            if let Some(link) = item.link.take() {
                item.path = link;
            }
            item.lines.iter_mut().chain([&mut item.title, &mut item.path, &mut item.by]).for_each(clean);
        }
    }
    let mut out = text(&shown, &|_, text| text.to_owned());
    if let Some(link) = &digest.link {
        out += &format!("\n{}\n", one_line(link));
    }
    out
}

/// Returns a text without what would begin another line or turn its direction.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|letter| !letter.is_control() && !is_override(*letter)).collect()
}

#[cfg(test)]
mod tests;
