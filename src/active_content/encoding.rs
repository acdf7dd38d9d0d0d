//! The text of an XML file, as browsers decode it: a byte order mark wins, then the declaration counts, else it is UTF-8.
//!
//! An encoding in which bytes below 128 can be other signs than ASCII hides markup from whoever reads it otherwise, so
//! only those are read in which they cannot.

use super::reason::Active;

/// Names of encodings of one byte a sign that have ASCII in their lower half; the upper half tells nothing here.
const LATIN: &[&str] =
    &["us-ascii", "ascii", "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "windows-1252", "cp1252", "iso-8859-15"];

/// Decodes a file.
///
/// # Errors
/// When the encoding is one that could hide markup, or the bytes are not in it.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Active> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            match declared(bytes)?.as_deref() {
                None | Some("utf-8" | "utf8") => {
                    std::str::from_utf8(bytes).map_err(|_| Active::new("it is not UTF-8"))?.to_owned()
                }
                Some(name) if LATIN.contains(&name) => bytes.iter().map(|byte| char::from(*byte)).collect(),
                Some(name) => {
                    return Err(Active::new(format!("its encoding `{name}` cannot be looked into; save it as UTF-8")));
                }
            }
        }
    };
    if text.contains('\0') {
        return Err(Active::new("it holds binary data"));
    }
    Ok(text)
}

fn utf16(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Result<String, Active> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.ok().filter(|_| rest.is_empty()).ok_or_else(|| Active::new("it is not UTF-16, as its first bytes say"))
}

/// Returns the encoding that the XML declaration names, in small letters.
fn declared(bytes: &[u8]) -> Result<Option<String>, Active> {
    let Some(rest) = bytes.strip_prefix(b"<?xml") else { return Ok(None) };
    let end = rest.windows(2).position(|pair| pair == b"?>").unwrap_or(rest.len());
    let declaration = String::from_utf8_lossy(&rest[..end]).to_ascii_lowercase();
    let Some((_, value)) = declaration.split_once("encoding") else { return Ok(None) };
    let value = value.trim_start().strip_prefix('=').map(str::trim_start);
    let quoted = value.and_then(|value| {
        let quote = value.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
        value[1..].split_once(quote)
    });
    match quoted {
        Some((name, after)) if !after.contains("encoding") => Ok(Some(name.to_owned())),
        _ => Err(Active::new("its XML declaration cannot be read")),
    }
}
