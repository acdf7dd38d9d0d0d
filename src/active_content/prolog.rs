//! What stands before the first element of an XML file: the type declaration, which can give elements attributes that
//! stand nowhere in the text, and entities.

use super::reason::Active;

/// The longest text that an entity may stand for, in bytes: names of namespaces are shorter.
const LONGEST_ENTITY: usize = 256;

/// Checks that a type declaration declares nothing but plain entities, as older drawing programs write them.
///
/// # Errors
/// With what else it declares.
pub(super) fn check(text: &str) -> Result<(), Active> {
    let Some(rest) = declaration(text) else { return Ok(()) };
    let Some(open) = outside_quotes(rest, &['[', '>']) else { return Err(unreadable()) };
    if rest[open..].starts_with('>') {
        return Ok(());
    }
    let mut rest = rest[open + 1..].trim_start();
    let mut names = Vec::new();
    while !rest.starts_with(']') {
        let (name, after) = entity(rest)?;
        if names.contains(&name) || matches!(name, "lt" | "gt" | "amp" | "apos" | "quot") {
            return Err(Active::new(format!("it declares the entity `{name}` twice")));
        }
        names.push(name);
        rest = after;
    }
    Ok(())
}

/// Returns what follows `<!DOCTYPE`, where that stands before the first element.
fn declaration(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let end = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.find("-->").map(|at| "<!--".len() + at + "-->".len())
        } else if rest.starts_with("<?") {
            rest.find("?>").map(|at| at + 2)
        } else {
            // In other cases of letters it is no declaration for XML, and the file cannot be read.
            return rest.strip_prefix("<!DOCTYPE");
        };
        rest = &rest[end?..];
    }
}

/// Reads `<!ENTITY name "text">`; returns the name, and what follows.
fn entity(text: &str) -> Result<(&str, &str), Active> {
    let declared = || Active::new("its type declaration declares more than plain entities");
    let rest =
        text.strip_prefix("<!ENTITY").filter(|rest| rest.starts_with(char::is_whitespace)).ok_or_else(declared)?;
    let (name, rest) = rest.trim_start().split_once(char::is_whitespace).ok_or_else(declared)?;
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|sign| matches!(sign, '"' | '\'')).ok_or_else(declared)?;
    let (value, rest) = rest[1..].split_once(quote).ok_or_else(declared)?;
    let rest = rest.trim_start().strip_prefix('>').ok_or_else(declared)?;
    if value.len() > LONGEST_ENTITY || value.contains(['<', '&', '%']) {
        return Err(Active::new(format!("its entity `{name}` stands for more than a short plain text")));
    }
    Ok((name, rest.trim_start()))
}

/// Returns where the first of the signs stands that no quotation marks are around.
fn outside_quotes(text: &str, signs: &[char]) -> Option<usize> {
    let mut quote = None;
    for (at, sign) in text.char_indices() {
        match (quote, sign) {
            (None, '"' | '\'') => quote = Some(sign),
            (Some(open), sign) if open == sign => quote = None,
            (None, sign) if signs.contains(&sign) => return Some(at),
            _ => {}
        }
    }
    None
}

fn unreadable() -> Active {
    Active::new("its type declaration cannot be read")
}
