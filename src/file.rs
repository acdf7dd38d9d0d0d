//! What goes in and what comes out: [`Source`] and [`Artifact`], bytes with a name and a fingerprint.

use std::sync::Arc;

use crate::codec::{Bytes, Packed};
use crate::fingerprint::Fingerprint;
use crate::path::{BookPath, SitePath};

/// A file of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its place below the book's root.
    pub path: BookPath,
    /// Its bytes.
    pub content: Arc<[u8]>,
    /// The fingerprint of the bytes.
    pub fingerprint: Fingerprint,
}

impl Source {
    /// Makes a source of bytes.
    pub fn new(path: BookPath, content: impl Into<Arc<[u8]>>) -> Self {
        let content = content.into();
        Self { path, fingerprint: Fingerprint::of_bytes(&content), content }
    }
}

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Its place below the site's root.
    pub path: SitePath,
    /// Its bytes.
    pub content: Packed,
    /// The fingerprint of the bytes.
    pub fingerprint: Fingerprint,
}

impl Artifact {
    /// Makes an artifact of bytes.
    pub fn new(path: SitePath, content: impl Into<Bytes>) -> Self {
        let content = content.into();
        Self { path, fingerprint: Fingerprint::of_bytes(&content), content: Packed::Plain(content) }
    }

    /// Makes an artifact that is kept compressed, as one of many.
    pub fn compressed(path: SitePath, content: &[u8]) -> Self {
        Self { path, fingerprint: Fingerprint::of_bytes(content), content: Packed::new(content) }
    }

    /// Returns its bytes.
    pub fn bytes(&self) -> Bytes {
        self.content.get()
    }

    /// Makes an artifact that has the bytes of a source.
    pub fn copy(path: SitePath, source: &Source) -> Self {
        Self { path, content: Packed::Plain(source.content.clone().into()), fingerprint: source.fingerprint }
    }
}

/// Returns the media type by the extension of a name, `application/octet-stream` where it is unknown.
pub fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or("").to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "md" | "markdown" => "text/markdown; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "ics" => "text/calendar; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "wasm" => "application/wasm",
        "csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}
