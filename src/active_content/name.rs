//! What a host makes of a file by its name.
//!
//! Servers take the last extension that they know, and some all of them (`a.html.de`): so each part of a name counts,
//! unless the last is one that every server knows.

/// What a name tells of the file.
pub(super) enum Kind {
    /// A type of which no browser runs anything.
    Inert,
    /// A type that runs, in the browser or on the host, or that cannot be looked into; with the reason.
    Runs(&'static str),
    /// A type that every server knows to be XML.
    Xml,
    /// A type that is XML, where the host knows it.
    PerhapsXml,
    /// No type that every server knows: what is in it decides.
    Unknown,
}

/// Types that every server knows and that show or load, and never run.
const INERT: &[&str] = &[
    // Texts. Scripts and style sheets do something only for a page that asks for them.
    "txt",
    "text",
    "log",
    "csv",
    "tsv",
    "css",
    "js",
    "mjs",
    "cjs",
    "json",
    "map",
    "webmanifest",
    "ics",
    "vtt",
    // Images
    "png",
    "apng",
    "jpg",
    "jpeg",
    "jpe",
    "gif",
    "webp",
    "avif",
    "ico",
    "bmp",
    "tif",
    "tiff",
    "heic",
    "jxl",
    // Documents
    "pdf",
    "doc",
    "docx",
    "xls",
    "xlsx",
    "ppt",
    "pptx",
    "odt",
    "ods",
    "odp",
    "epub",
    "rtf",
    // Sound and film
    "mp3",
    "m4a",
    "ogg",
    "oga",
    "opus",
    "wav",
    "flac",
    "mp4",
    "m4v",
    "webm",
    "ogv",
    "mov",
    // Fonts
    "woff",
    "woff2",
    "ttf",
    "otf",
    "eot",
    // Archives and programs, which are saved
    "zip",
    "gz",
    "tgz",
    "bz2",
    "xz",
    "zst",
    "br",
    "7z",
    "tar",
    "jar",
    "wasm",
    "exe",
    "dmg",
    "deb",
    "rpm",
    "bin",
];

/// Pages, and what holds pages.
const PAGES: &[&str] = &[
    "html",
    "htm",
    "xhtml",
    "xhtm",
    "xht",
    "shtml",
    "shtm",
    "stm",
    "html5",
    "htmls",
    "hta",
    "htc",
    "htx",
    "mht",
    "mhtml",
    "mhtm",
    "webarchive",
    "maff",
    "swf",
    "xul",
    "xbl",
    "hbs",
    "wml",
    "var",
    "asis",
    "http",
];

/// Programs that a host runs when they are asked for.
const PROGRAMS: &[&str] = &[
    "php", "php3", "php4", "php5", "php6", "php7", "php8", "phps", "phtml", "pht", "phar", "asp", "aspx", "ashx",
    "asmx", "ascx", "axd", "cshtml", "vbhtml", "jsp", "jspx", "jspf", "cfm", "cfml", "cfc", "cgi", "fcgi",
];

/// What every server serves as XML.
const SERVED_AS_XML: &[&str] = &["svg", "xml"];

/// What else is XML by the register of media types, and is served so where the host has the whole register. Names that
/// are rather those of other texts (`.rs`) are not here: in those, what begins as XML is looked at all the same.
const XML: &[&str] = &[
    "xsl",
    "xslt",
    "xsd",
    "rng",
    "rss",
    "atom",
    "rdf",
    "mathml",
    "mml",
    "wsdl",
    "wadl",
    "kml",
    "gml",
    "gpx",
    "dae",
    "x3d",
    "xspf",
    "xpl",
    "xaml",
    "xop",
    "opf",
    "ncx",
    "smil",
    "xlf",
    "xliff",
    "xmi",
    "musicxml",
    "jnlp",
    "ccxml",
    "davmount",
    "dbk",
    "docbook",
    "emma",
    "grxml",
    "inkml",
    "lostxml",
    "mads",
    "metalink",
    "meta4",
    "mets",
    "mods",
    "mrcx",
    "omdoc",
    "pskcxml",
    "rsd",
    "sbml",
    "shf",
    "srx",
    "ssdl",
    "ssml",
    "tei",
    "teicorpus",
    "tfi",
    "ttml",
    "vxml",
    "wspolicy",
    "xdf",
    "xdssc",
    "xenc",
    "xer",
    "xhvml",
    "yin",
    "atomcat",
    "atomsvc",
    "atomdeleted",
    "sitemap",
];

/// Compressed forms that some servers send in place of the file without the ending, unpacked by the browser.
const ENCODINGS: &[&str] = &["gz", "br", "zst", "z", "deflate"];

/// Types of the site's own files, which a compressed one would stand for.
const OWN: &[&str] = &["js", "mjs", "css", "json", "wasm"];

/// Returns what a host makes of a name.
pub(super) fn kind(name: &str) -> Kind {
    let lower = name.to_ascii_lowercase();
    let parts: Vec<&str> = lower.split('.').skip(1).map(str::trim).collect();
    let has = |list: &[&str]| parts.iter().any(|part| list.contains(part));
    let Some((last, before)) = parts.split_last() else { return Kind::Unknown };
    let stands_for =
        before.last().is_some_and(|part| OWN.contains(part)) || has(PAGES) || has(SERVED_AS_XML) || has(XML);
    if *last == "svgz" || ENCODINGS.contains(last) && stands_for {
        return Kind::Runs("it is compressed, so what a browser unpacks cannot be looked into");
    }
    if INERT.contains(last) {
        return Kind::Inert;
    }
    if has(PAGES) {
        return Kind::Runs("a browser would run it as a page");
    }
    if has(PROGRAMS) {
        return Kind::Runs("a host may run it as a program");
    }
    match () {
        () if SERVED_AS_XML.contains(last) => Kind::Xml,
        () if has(SERVED_AS_XML) || has(XML) => Kind::PerhapsXml,
        () => Kind::Unknown,
    }
}
