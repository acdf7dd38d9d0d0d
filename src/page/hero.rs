//! The hero of a page: what its front matter puts in place of the heading. In: the value of the key. Out: the words, and the
//! addresses, which the page counts among its links, so that they are checked like any other.

use serde::{Deserialize, Serialize};

use super::{Link, Role, Target, url};
use crate::data::{Key, Node, Schema, Table, Use, Value};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::path::BookPath;

/// What stands large at the beginning of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hero {
    /// Its title, where it is another than the page's.
    pub title: Option<String>,
    /// A sentence.
    pub text: String,
    /// What a reader can do first: words and address.
    pub actions: Vec<(String, String)>,
}

/// Says what the key takes.
pub(super) fn schema() -> Schema {
    let key = |name: &str, schema| Key { name: name.to_owned(), schema, used: Use::Read };
    let table = |keys| Schema::Table(keys, Some(Box::new(Schema::Any)));
    let action = table(vec![key("text", Schema::Scalar), key("link", Schema::Scalar)]);
    let keys =
        vec![key("title", Schema::Scalar), key("text", Schema::Scalar), key("actions", Schema::List(Box::new(action)))];
    Schema::Either(vec![Schema::Scalar, table(keys)])
}

/// Reads the hero: a table, or a sentence alone; nothing where it is neither.
pub(super) fn read(value: &Value) -> Option<Hero> {
    let Value::Table(hero) = value else {
        return Some(Hero { text: value.scalar()?, ..Hero::default() });
    };
    let text = |table: &Table, key: &str| table.get(key).and_then(|node| node.value.scalar());
    let action = |item: &Node| match &item.value {
        Value::Table(action) => Some((text(action, "text")?, text(action, "link")?)),
        _ => None,
    };
    let actions = match hero.get("actions").map(|node| &node.value) {
        None => Vec::new(),
        Some(Value::List(items)) => items.iter().map(action).collect::<Option<Vec<_>>>()?,
        Some(_) => return None,
    };
    Some(Hero { title: text(hero, "title"), text: text(hero, "text").unwrap_or_default(), actions })
}

/// Adds the addresses to the links of the page; an action with one that no link may have is left out.
pub(super) fn add_links(
    hero: &mut Hero,
    (path, span): (&BookPath, Span),
    links: &mut Vec<Link>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    hero.actions.retain(|(_, address)| {
        let target = match url::classify(address, Role::Link) {
            url::Class::Relative => Target::Relative(address.clone()),
            url::Class::External => Target::External(address.clone()),
            url::Class::Unsafe => {
                let scheme = address.split(':').next().unwrap_or("").trim();
                let message = format!("`{scheme}:` is no scheme that a link may have, so the link is removed");
                diagnostics.push(Diagnostic::new(Code::UnsafeLink, path, message).at(span));
                return false;
            }
        };
        links.push(Link { target, role: Role::Link, span });
        true
    });
}
