//! `[theme]`: what a book sets of its looks without a file of its own.

use super::Look;
use super::reader::Reader;
use crate::theme::{Accent, BuiltIn};

pub(super) fn read(table: &mut Reader<'_>) -> Look {
    let themes: Vec<(&str, BuiltIn)> = BuiltIn::ALL.iter().map(|theme| (theme.name(), *theme)).collect();
    Look {
        theme: table.choice("name", &themes).unwrap_or_default(),
        accent: table.checked("accent", "a colour such as `#7a1f5c`", Accent::read),
        logo: table.path("logo"),
        font: table.checked("font", FONTS, fonts),
        code_font: table.checked("code-font", FONTS, fonts),
    }
}

const FONTS: &str = "names of fonts, separated by commas";

/// Names of fonts stand in a style sheet, so they are names and nothing else.
fn fonts(text: &str) -> Option<String> {
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | ',' | '-' | '_' | '"' | '\'');
    let whole = ['"', '\''].iter().all(|mark| text.matches(*mark).count() % 2 == 0);
    (whole && text.chars().all(is_name)).then(|| text.to_owned())
}
