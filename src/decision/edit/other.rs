//! Another record, as the record that names it writes of it.

use crate::decision::words::dialect::Dialect;

/// Another record, as the record that names it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Its number.
    pub number: Option<u32>,
    /// The name by its number, `ADR-0012`; nothing where it has none or shares it.
    pub code: Option<String>,
    /// Its name in its collection, or its id where that is another.
    pub slug: String,
    /// Its title, without the number.
    pub title: String,
    /// The link to it.
    pub link: String,
    /// The id that a typed record names it by.
    pub id: String,
}

impl Other {
    /// `[12. Use MySQL](0012-use-mysql.md)`, as adr-tools writes it.
    pub(super) fn titled(&self) -> String {
        let number = self.number.map_or(String::new(), |number| format!("{number}. "));
        format!("[{number}{}]({})", label(&self.title), self.link)
    }

    /// `[ADR-0012](0012-use-mysql.md)`, as MADR writes it.
    pub(super) fn coded(&self) -> String {
        format!("[{}]({})", self.code.as_ref().unwrap_or(&self.slug), self.link)
    }

    /// `[20240116-use-mysql](20240116-use-mysql.md)`, as log4brains writes it.
    pub(super) fn slugged(&self) -> String {
        format!("[{}]({})", self.slug, self.link)
    }

    /// What it is called in running text of a form.
    pub(super) fn mention(&self, dialect: Dialect) -> String {
        match dialect {
            Dialect::Madr1 | Dialect::Madr2 | Dialect::Madr3 | Dialect::Madr4 | Dialect::RustRfc => self.coded(),
            Dialect::BoldBullets | Dialect::Fields => self.coded(),
            Dialect::Log4brains => self.slugged(),
            _ => self.titled(),
        }
    }
}

/// A title as the label of a link: brackets that do not match would end it.
fn label(title: &str) -> String {
    let mut depth = 0i32;
    let balanced = title.chars().all(|letter| {
        depth += i32::from(letter == '[') - i32::from(letter == ']');
        depth >= 0
    });
    if balanced && depth == 0 { title.to_owned() } else { title.replace(['[', ']'], "") }
}
