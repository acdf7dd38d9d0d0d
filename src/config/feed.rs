//! `[feed]`: what other programs are told of changes.

use super::reader::Reader;

/// What other programs are told of changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Feed {
    /// Whether the site has feeds; nothing where its address decides.
    pub enabled: Option<bool>,
    /// The tag (RFC 4151) under which the ids of entries begin; nothing where the address of the site gives one.
    pub id: Option<String>,
}

impl Feed {
    /// Says whether feeds are asked for, whatever the address of the site.
    pub fn is_asked_for(&self) -> bool {
        self.enabled.unwrap_or(self.id.is_some())
    }
}

pub(super) fn read(table: &mut Reader<'_>) -> Feed {
    Feed {
        enabled: table.boolean("enable"),
        id: table.checked("id", "a tag such as `tag:docs.example.org,2026:handbook`", tag),
    }
}

/// Takes a tag as RFC 4151 writes it: who names things, on which day they could, and what they name.
fn tag(text: &str) -> Option<String> {
    let (authority, specific) = text.strip_prefix("tag:")?.split_once(':')?;
    let (name, day) = authority.split_once(',')?;
    let is_day = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-._~@:/%".contains(letter);
    let fits =
        !name.is_empty() && day.split('-').all(is_day) && text.chars().all(|letter| is_plain(letter) || letter == ',');
    (fits && !specific.is_empty()).then(|| text.trim_end_matches('/').to_owned())
}
