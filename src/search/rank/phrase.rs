//! Where words stand side by side.

use std::collections::BTreeMap;

use super::{Phrase, Postings};

/// Pages, with the sections in which something stands.
pub(super) type Sections = BTreeMap<u32, Vec<u32>>;

/// Returns the pages that have every phrase, with the sections that have the last; nothing where none is asked for.
pub(super) fn required<P: Postings>(index: &P, phrases: &[Option<Phrase>]) -> Result<Option<Sections>, P::Error> {
    let mut found: Option<Sections> = None;
    for phrase in phrases {
        let mut pages = match phrase {
            Some(phrase) => stands(index, phrase)?,
            None => Sections::new(),
        };
        if let Some(before) = found {
            pages.retain(|page, _| before.contains_key(page));
        }
        found = Some(pages);
    }
    Ok(found)
}

/// Finds where a phrase stands.
pub(super) fn stands<P: Postings>(index: &P, phrase: &[(String, u32)]) -> Result<Sections, P::Error> {
    // The positions of the phrase's beginning, by page.
    let mut begins: Option<BTreeMap<u32, Vec<u32>>> = None;
    for (group, offset) in phrase {
        let positions = index.positions(group)?;
        let here = positions.into_iter().map(|(page, positions)| {
            let begins = positions.into_iter().filter_map(|position| position.checked_sub(*offset));
            (page, begins.collect::<Vec<u32>>())
        });
        begins = Some(match begins {
            None => here.collect(),
            Some(mut before) => {
                let both = here.filter_map(|(page, mut here)| {
                    let before = before.remove(&page)?;
                    here.retain(|position| before.binary_search(position).is_ok());
                    (!here.is_empty()).then_some((page, here))
                });
                both.collect()
            }
        });
    }
    let sections = |(page, begins): (u32, Vec<u32>)| {
        let mut sections: Vec<u32> = begins.iter().filter_map(|begin| index.section_at(page, *begin)).collect();
        sections.dedup();
        (page, sections)
    };
    Ok(begins.unwrap_or_default().into_iter().map(sections).collect())
}
