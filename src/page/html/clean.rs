//! Makes a body safe whose author wrote HTML: what could run script, style the page or leave its frame is removed.
//!
//! `ammonia` parses the body as a browser does and keeps what a list allows. Our own markup that no list should
//! allow (form controls, MathML) waits in slots. SVG and MathML of authors are never kept: every hole that ammonia
//! had was there.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;
use std::sync::{Arc, Mutex};

use ammonia::{Builder, UrlRelative};

use super::{candidates, lists};
use crate::page::Role;
use crate::page::body::{Hole, Marks};
use crate::page::url::{Class, classify};

/// A safe body.
pub(in crate::page) struct Cleaned {
    pub(in crate::page) html: String,
    /// The ids and names that links can point to.
    pub(in crate::page) anchors: Vec<String>,
    /// The relative links of the author's HTML; their marks count on from the links that were known.
    pub(in crate::page) links: Vec<RawLink>,
}

/// A relative link in the author's HTML.
pub(in crate::page) struct RawLink {
    pub(in crate::page) value: String,
    pub(in crate::page) role: Role,
}

/// What the filter finds on its way.
#[derive(Default)]
struct Found {
    links: Vec<RawLink>,
    anchors: Vec<String>,
}

/// Where the values of attributes stand in a source, each of them by its text, in order.
///
/// An address with entities stands otherwise in the source, and then no place is known.
pub(in crate::page) struct Values<'t>(HashMap<&'t str, VecDeque<usize>>);

/// The longest value that is looked for, in bytes: one that never ends would be read again from every sign after it.
const LONGEST_VALUE: usize = 2000;

impl<'t> Values<'t> {
    pub(in crate::page) fn new(text: &'t str) -> Self {
        let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
        for (at, _) in text.match_indices('=') {
            let after = &text[at + 1..text.floor_char_boundary(at + 1 + LONGEST_VALUE)];
            let rest = after.trim_start();
            let start = at + 1 + after.len() - rest.len();
            let (start, end) = match rest.chars().next() {
                Some(quote @ ('"' | '\'')) => (start + 1, rest[1..].find(quote)),
                _ => (start, rest.find(|sign: char| sign.is_whitespace() || sign == '>')),
            };
            if let Some(length) = end {
                places.entry(&text[start..start + length]).or_default().push_back(start);
            }
        }
        Self(places)
    }

    /// Returns where a value stands that was not asked for before.
    pub(in crate::page) fn next(&mut self, value: &str) -> Option<Range<usize>> {
        let places = self.0.get_mut(value)?;
        let start = places.pop_front()?;
        Some(start..start + value.len())
    }
}

/// Cleans a body. `known` is the number of links that the body's marks already name.
pub(in crate::page) fn clean(html: &str, marks: &Marks, known: usize) -> Cleaned {
    let found = Arc::new(Mutex::new(Found::default()));
    let (seen, own_marks) = (found.clone(), marks.clone());
    let mut builder = Builder::default();
    let own = lists::ATTRIBUTES.iter().map(|(element, names)| (*element, names.iter().copied().collect())).collect();
    builder
        .tags(lists::ELEMENTS.iter().copied().collect())
        .clean_content_tags(lists::AS_TEXT.iter().chain(lists::WITH_CONTENT).copied().collect())
        .tag_attributes(own)
        .generic_attributes(lists::EVERYWHERE.iter().copied().collect())
        .generic_attribute_prefixes(HashSet::from(["data-"]))
        .set_tag_attribute_value("button", "type", "button")
        .add_url_schemes(["tel", "irc", "ircs", "xmpp", "data", "slack", "msteams", "ssh", "git", "sftp"])
        .link_rel(None)
        .url_relative(UrlRelative::PassThrough)
        .attribute_filter(move |element, name, value| {
            let mut seen = seen.lock().expect("the filter does not panic");
            filter(element, name, value, &mut seen, &own_marks, known)
        });
    let html = builder.clean(html).to_string();
    drop(builder);
    let Found { links, anchors } = std::mem::take(&mut *found.lock().expect("the filter does not panic"));
    Cleaned { html, anchors, links }
}

fn filter<'v>(
    element: &str,
    name: &str,
    value: &'v str,
    found: &mut Found,
    marks: &Marks,
    known: usize,
) -> Option<Cow<'v, str>> {
    match name {
        "id" | "name" => {
            found.anchors.push(value.to_owned());
            Some(value.into())
        }
        "tabindex" => (value == "0").then_some(value.into()),
        "target" => matches!(value, "_blank" | "_self" | "_parent" | "_top").then_some(value.into()),
        // No browser follows it, but a script or a program that reads the page may.
        "cite" => matches!(classify(value, Role::Link), Class::External | Class::Relative).then_some(value.into()),
        "usemap" => value.starts_with('#').then_some(value.into()),
        "srcset" => {
            let addresses = candidates(value);
            let kept = addresses.into_iter().filter_map(|(address, descriptor)| {
                let address = match classify(address, Role::Image) {
                    Class::External => address.to_owned(),
                    Class::Unsafe => return None,
                    Class::Relative => {
                        found.relative(address, Role::Image, |number| marks.write(Hole::Address(known + number)))
                    }
                };
                Some(format!("{address} {descriptor}").trim().to_owned())
            });
            let kept: Vec<String> = kept.collect();
            (!kept.is_empty()).then(|| kept.join(", ").into())
        }
        "href" | "src" | "poster" => {
            if marks.read(value).is_some() {
                return Some(value.into());
            }
            let role = if matches!(element, "a" | "area") { Role::Link } else { Role::Image };
            let hole = |number| {
                // Only where an address is all that its attribute holds, the attribute goes with a link that is broken.
                let whole = matches!((element, name), ("a", "href") | (_, "src"));
                marks.write(if whole { Hole::Target(known + number) } else { Hole::Address(known + number) })
            };
            match classify(value, role) {
                Class::External => Some(value.into()),
                Class::Unsafe => None,
                Class::Relative => Some(found.relative(value, role, hole).into()),
            }
        }
        _ => match name.strip_prefix("data-") {
            Some(rest) if !lists::is_data(rest) => None,
            _ => Some(value.into()),
        },
    }
}

impl Found {
    /// Notes a relative link, and returns the mark that stands for it.
    fn relative(&mut self, value: &str, role: Role, mark: impl Fn(usize) -> String) -> String {
        self.links.push(RawLink { value: value.to_owned(), role });
        mark(self.links.len() - 1)
    }
}
