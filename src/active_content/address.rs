//! Addresses inside of a drawing: where a link may lead, and what may be loaded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::reason::Active;
use crate::path::decode;

/// Schemes that a link may have.
const LINKS: &[&str] = &["http", "https", "mailto", "tel", "ftp"];

/// Data that is an image of dots, or a font: neither can hold a program.
const DATA: &[&str] = &[
    "data:image/png",
    "data:image/jpeg",
    "data:image/jpg",
    "data:image/gif",
    "data:image/webp",
    "data:image/avif",
    "data:image/bmp",
    "data:font/",
    "data:application/font-woff",
    "data:application/x-font-",
    "data:application/vnd.ms-fontobject",
];

/// How an address with a drawing as data may begin.
const SVG_HEADS: &[&str] = &[
    "data:image/svg+xml",
    "data:image/svg+xml;charset=utf-8",
    "data:image/svg+xml;charset=utf8",
    "data:image/svg+xml;utf8",
    "data:image/svg+xml;utf-8",
    "data:image/svg+xml;charset=us-ascii",
];

/// Checks where a link leads.
///
/// # Errors
/// With an address of a scheme that is not on the list.
pub(super) fn check_link(address: &str) -> Result<(), Active> {
    match scheme(address).as_deref() {
        None => Ok(()),
        Some(scheme) if LINKS.contains(&scheme) => Ok(()),
        Some(_) => Err(refused(address)),
    }
}

/// Checks an address whose target is a part of the drawing, or of another file of the site.
///
/// # Errors
/// With an address that has a scheme or a host.
pub(super) fn check_reference(address: &str) -> Result<(), Active> {
    if scheme(address).is_some() || cleaned(address).starts_with(['/', '\\']) {
        return Err(refused(address));
    }
    Ok(())
}

/// Checks an address that a style loads: a part of the drawing, or data.
///
/// # Errors
/// With an address of something else.
pub(super) fn check_resource(address: &str) -> Result<(), Active> {
    let address = cleaned(address);
    if address.is_empty() || address.starts_with('#') || is_data(&address) {
        return Ok(());
    }
    Err(refused(&address))
}

/// Checks an image: a file of the site, one of the web, or data that is dots.
///
/// # Errors
/// With data of another type, and with other schemes.
pub(super) fn check_image(address: &str) -> Result<(), Active> {
    match scheme(address).as_deref() {
        None | Some("http" | "https") => Ok(()),
        Some("data") if is_data(&cleaned(address)) => Ok(()),
        Some(_) => Err(refused(address)),
    }
}

/// Returns the drawing that an address holds as data, decoded; nothing for every other address.
///
/// # Errors
/// When the data cannot be decoded.
pub(super) fn drawing(address: &str) -> Result<Option<Vec<u8>>, Active> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let Some((head, data)) = address.split_once(',').filter(|_| lower.starts_with("data:image/svg+xml")) else {
        return Ok(None);
    };
    let head = head.to_ascii_lowercase();
    let (head, is_base64) = head.strip_suffix(";base64").map_or((&*head, false), |head| (head, true));
    // Another encoding could hide markup, and what is said here wins over what the drawing says of itself.
    if !SVG_HEADS.contains(&head) {
        return Err(refused(address));
    }
    let decoded = decode(data);
    if !is_base64 {
        return Ok(Some(decoded.into_bytes()));
    }
    let dense: String = decoded.chars().filter(|sign| !sign.is_ascii_whitespace()).collect();
    STANDARD.decode(dense).map(Some).map_err(|_| refused(address))
}

fn is_data(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    DATA.iter().any(|prefix| lower.starts_with(prefix))
}

/// Returns the scheme as a browser reads it, which drops control signs and the white space around; nothing for a
/// relative address. What only looks like a scheme is taken for one.
fn scheme(address: &str) -> Option<String> {
    let address = cleaned(address);
    let end = address.find(['/', '?', '#']).unwrap_or(address.len());
    let (scheme, _) = address[..end].split_once(':')?;
    Some(scheme.trim().to_ascii_lowercase())
}

fn cleaned(address: &str) -> String {
    address.chars().filter(|sign| !sign.is_control() && !sign.is_whitespace()).collect()
}

/// Returns the beginning of an address, for a message.
pub(super) fn shown(address: &str) -> String {
    let plain: String = address.chars().filter(|sign| !sign.is_control()).collect();
    match plain.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &plain[..end]),
        None => plain,
    }
}

fn refused(address: &str) -> Active {
    Active::new(format!("it has the address `{}`", shown(address)))
}
