//! What a page is for, and the record of a decision or guideline.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::build::claim::metadata_of;
use crate::build::memo::ParsedPage;
use crate::build::project::Project;
use crate::decision::{self, Place, Record, Shape};
use crate::fingerprint::Fingerprint;
use crate::page::{Outline, title_of_name};
use crate::site::{Kind, Parsed};

/// What a page is for, and what it says of itself as a record.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::build) struct Classified {
    /// The fingerprint of all that decided it.
    pub(in crate::build) key: Fingerprint,
    pub(in crate::build) kind: Kind,
    pub(in crate::build) record: Option<Arc<Record>>,
}

/// Reads the record of a decision or guideline, unless an earlier build did.
pub(super) fn classify(
    parsed: &ParsedPage,
    kind: Kind,
    shape: &Arc<Shape>,
    project: &Project<'_>,
    earlier: Option<&Classified>,
) -> Classified {
    let metadata = metadata_of(&parsed.outline.path, project).filter(|_| kind == Kind::Decision);
    let dialect = project.config.decisions.dialect_of(&parsed.outline.path);
    let key = Fingerprint::of(&(parsed.key, metadata.map(|source| source.fingerprint), kind, shape, dialect));
    if let Some(earlier) = earlier.filter(|earlier| earlier.key == key) {
        return earlier.clone();
    }
    let page = &parsed.outline;
    let metadata = metadata.map(|source| (&source.path, String::from_utf8_lossy(&source.content)));
    let record = match kind {
        Kind::Decision => Some(decision::read(&decision::Input {
            path: &page.path,
            front_matter: &page.front_matter.table,
            text: &parsed.text,
            start: page.start,
            metadata: metadata.as_ref().map(|(path, text)| (*path, text.as_ref())),
            dialect,
            shape,
        })),
        Kind::Guideline => Some(decision::read_guideline(&page.path, &page.front_matter.table, shape.clone())),
        Kind::Page => None,
    };
    Classified { key, kind, record: record.map(Arc::new) }
}

/// Joins a page with what it is for; `listed` is its title in the navigation.
pub(super) fn join(parsed: &ParsedPage, classified: &Classified, listed: Option<&str>) -> Parsed {
    let Classified { key, kind, record } = classified;
    Parsed {
        outline: parsed.outline.clone(),
        content: parsed.content.clone(),
        title: title(&parsed.outline, record.as_deref(), listed),
        kind: *kind,
        markdown: parsed.text.clone(),
        markdown_fingerprint: parsed.markdown,
        // The record is a function of what its key is made of.
        fingerprint: Fingerprint::of(&(parsed.key, &parsed.origin.title, key)),
        record: record.clone(),
    }
}

/// Chooses the title: what the page says, else the navigation, else the name of the file.
///
/// A record's title counts where it does not stand in the text as a page's would: in bullets, or in a file beside it.
fn title(page: &Outline, record: Option<&Record>, listed: Option<&str>) -> String {
    let is_in_front = page.front_matter.title.is_some();
    let of_record = record.and_then(|record| record.title.as_ref()).and_then(|title| match title.origin.place {
        // `title: resolve-hosts` above a heading with words is an id, and the heading the title.
        Place::Heading => Some(title.value.as_str()).filter(|_| is_in_front),
        Place::FrontMatter => None,
        Place::FileName | Place::FolderName => listed.or(Some(&title.value)).filter(|_| !is_in_front),
        _ => Some(title.value.as_str()).filter(|_| !is_in_front),
    });
    let own = of_record.or(page.title.as_deref()).or(listed);
    own.map_or_else(|| title_of_name(&page.path), str::to_owned)
}
