//! What one record calls another.

use super::{Book, Error};
use crate::decision::edit::Other;
use crate::decision::{Dialect, Shape};
use crate::path::BookPath;
use crate::site::{Entry, Found};

/// Returns one record as another names it, by names that the reader finds again.
pub(super) fn other(book: &Book<'_>, from: usize, to: usize) -> Result<Other, Error> {
    let entries = &book.site.entries;
    let (here, there) = (&entries[from], &entries[to]);
    if from == to {
        return Err(Error::Itself);
    }
    let dialect = here.record().map_or(Dialect::Plain, |(record, _)| record.dialect);
    of_entry(&here.page().path, dialect, there, |name| book.site.records.find(name, Some(from)) == Found::One(to))
        .ok_or_else(|| Error::Unreadable { path: there.page().path.clone() })
}

/// Returns a record as a file names it; `means` says whether a name is understood as that record.
pub(super) fn of_entry(
    from: &BookPath,
    dialect: Dialect,
    entry: &Entry,
    means: impl Fn(&str) -> bool,
) -> Option<Other> {
    let (record, filed) = entry.record()?;
    let number = record.number.as_ref().map(|number| number.value);
    let code = number.map(|number| code(&record.shape, &filed.slug, number, dialect)).filter(|code| means(code));
    let slug = if means(&filed.slug) { filed.slug.clone() } else { filed.id.clone() };
    let own = entry.page().front_matter.table.get("id").and_then(|node| node.value.scalar());
    let id = match dialect {
        Dialect::Eip | Dialect::AdrsNg => number.map(|number| number.to_string()),
        Dialect::Kep | Dialect::Openshift => Some(format!("/{}", entry.page().path.parent())),
        _ => own.filter(|id| means(id)).or_else(|| code.clone()),
    };
    Some(Other {
        number,
        title: record.title.as_ref().map_or_else(|| filed.slug.clone(), |title| title.value.clone()),
        link: link(from, &entry.page().path),
        id: id.unwrap_or_else(|| slug.clone()),
        code,
        slug,
    })
}

/// `ADR-0012`, with the digits of the name.
fn code(shape: &Shape, slug: &str, number: u32, dialect: Dialect) -> String {
    let called = shape.call(slug, number);
    match dialect {
        Dialect::RustRfc => format!("RFC {number}"),
        // Where nothing says more, a bare number would be read as any number.
        _ if called.starts_with(|first: char| first.is_ascii_digit()) => format!("ADR-{called:0>4}"),
        _ => called,
    }
}

/// Returns the relative link from one file to another.
pub(super) fn link(from: &BookPath, to: &BookPath) -> String {
    let folder = from.parent();
    let (here, there): (Vec<&str>, Vec<&str>) = (folder.names().collect(), to.names().collect());
    let shared = here.iter().zip(&there).take_while(|(here, there)| here == there).count();
    let up = std::iter::repeat_n("..", here.len() - shared);
    let names: Vec<&str> = up.chain(there[shared..].iter().copied()).collect();
    names.join("/").replace('%', "%25").replace(' ', "%20").replace('(', "%28").replace(')', "%29")
}

/// Returns a record that is not there yet as another names it.
pub(super) fn of_new(
    from: &BookPath,
    dialect: Dialect,
    (file, shape): (&super::NewFile, &Shape),
    title: &str,
) -> Other {
    let slug = shape.slug_of(&file.path);
    let number = shape.number_of(&slug);
    let code = number.map(|number| code(shape, &slug, number, dialect));
    let id = match dialect {
        Dialect::Eip | Dialect::AdrsNg => number.map(|number| number.to_string()),
        Dialect::Kep | Dialect::Openshift => Some(format!("/{}", file.path.parent())),
        _ => code.clone(),
    };
    let link = link(from, &file.path);
    Other { number, title: title.to_owned(), link, id: id.unwrap_or_else(|| slug.clone()), code, slug }
}
