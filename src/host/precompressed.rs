//! Files beside the site's own that are compressed already, for hosts that answer with them.

use crate::codec::Deflater;
use crate::file::Artifact;
use crate::path::SitePath;

/// What a smaller file would save is less than what its headers take.
const SMALLEST: usize = 1024;

/// As good as higher levels for markup, and several times as quick.
const LEVEL: i32 = 7;

/// Returns what compresses files, many with one memory.
pub fn precompressor() -> Deflater {
    Deflater::new(LEVEL)
}

/// Returns the file compressed, named with `.gz`; nothing where that would save nothing, or the file is compressed as it is.
pub fn precompress(tool: &mut Deflater, artifact: &Artifact) -> Option<Artifact> {
    let is_text = matches!(
        artifact.path.name().rsplit('.').next()?,
        "css" | "html" | "ics" | "js" | "json" | "md" | "mjs" | "mts" | "svg" | "txt" | "xml"
    );
    let bytes = is_text.then(|| artifact.bytes()).filter(|bytes| bytes.len() >= SMALLEST)?;
    let packed = tool.gzip(&bytes);
    let path = SitePath::new(&format!("{}.gz", artifact.path)).expect("a longer name is a name");
    (packed.len() < bytes.len()).then(|| Artifact::new(path, packed))
}
