//! Which elements and attributes of an author a page keeps.

/// Elements that documents use and that can do no harm.
pub(in crate::page) const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "map",
    "mark",
    "meter",
    "nav",
    "nobr",
    "ol",
    "p",
    "picture",
    "pre",
    "progress",
    "q",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Attributes that every element may have, beside `data-…`.
pub(in crate::page) const EVERYWHERE: &[&str] = &[
    "id",
    "class",
    "title",
    "lang",
    "dir",
    "role",
    "align",
    "width",
    "height",
    "hidden",
    "tabindex",
    "aria-label",
    "aria-labelledby",
    "aria-describedby",
    "aria-hidden",
];

/// Attributes of single elements.
pub(in crate::page) const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang", "name", "target", "rel", "download", "type"]),
    ("area", &["href", "alt", "coords", "shape", "target", "rel"]),
    ("audio", &["src", "controls", "muted", "loop", "preload"]),
    ("blockquote", &["cite"]),
    ("br", &["clear"]),
    ("button", &["type", "disabled"]),
    ("col", &["span", "valign"]),
    ("colgroup", &["span", "valign"]),
    ("data", &["value"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open", "name"]),
    ("font", &["color", "face", "size"]),
    ("hr", &["size", "noshade"]),
    ("img", &["src", "srcset", "sizes", "alt", "loading", "decoding", "usemap", "border", "hspace", "vspace"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value", "type"]),
    ("map", &["name"]),
    ("meter", &["value", "min", "max", "low", "high", "optimum"]),
    ("ol", &["start", "type", "reversed"]),
    ("progress", &["value", "max"]),
    ("q", &["cite"]),
    ("source", &["src", "srcset", "sizes", "type", "media"]),
    ("table", &["border", "cellpadding", "cellspacing", "summary", "frame", "rules", "bgcolor"]),
    ("tbody", &["valign"]),
    ("td", &["colspan", "rowspan", "headers", "scope", "abbr", "valign", "bgcolor", "nowrap"]),
    ("tfoot", &["valign"]),
    ("th", &["colspan", "rowspan", "headers", "scope", "abbr", "valign", "bgcolor", "nowrap"]),
    ("thead", &["valign"]),
    ("time", &["datetime"]),
    ("tr", &["valign", "bgcolor"]),
    ("track", &["src", "kind", "srclang", "label", "default"]),
    ("ul", &["type"]),
    ("video", &["src", "controls", "muted", "loop", "poster", "preload", "playsinline"]),
];

/// Names of `data-…` that the scripts and styles of a theme read.
const OF_THEME: &[&str] = &[
    "added", "broken", "changes", "due", "kind", "notice", "order", "own", "people", "root", "scheme", "script",
    "search", "sort", "source", "state", "status",
];

/// Says whether a page keeps an element.
pub(in crate::page) fn keeps_element(name: &str) -> bool {
    ELEMENTS.contains(&name)
}

/// Says whether a page keeps an attribute of an element.
pub(in crate::page) fn keeps_attribute(element: &str, name: &str) -> bool {
    let own = || ATTRIBUTES.iter().find(|(named, _)| *named == element).is_some_and(|(_, all)| all.contains(&name));
    match name.strip_prefix("data-") {
        Some(rest) => is_data(rest),
        None => EVERYWHERE.contains(&name) || own(),
    }
}

/// Says whether `data-…` of this name is an author's.
pub(in crate::page) fn is_data(rest: &str) -> bool {
    !rest.is_empty() && !OF_THEME.contains(&rest)
}

/// Elements whose content is no text of the page, and goes with them where they end.
pub(in crate::page) const WITH_CONTENT: &[&str] =
    &["script", "style", "iframe", "object", "embed", "template", "svg", "math", "frameset", "applet"];

/// Elements whose tags go, and nobody misses them: what is in them is shown.
pub(in crate::page) const SHELLS: &[&str] = &["noscript"];

/// Elements that GitHub shows as text, and further ones that a browser would take all of the rest for.
///
/// <https://github.github.com/gfm/#disallowed-raw-html-extension->
pub(in crate::page) const AS_TEXT: &[&str] = &[
    "title",
    "textarea",
    "style",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "script",
    "plaintext",
    "template",
    "object",
];

/// Elements that could run script, send something, or leave the frame of the page.
pub(in crate::page) const HARMFUL: &[&str] = &[
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "template",
    "form",
    "input",
    "select",
    "option",
    "textarea",
    "base",
    "meta",
    "link",
    "svg",
    "math",
    "frame",
    "frameset",
    "applet",
    "body",
    "html",
    "head",
    "dialog",
    "main",
    "label",
    "fieldset",
    "legend",
    "title",
    "xmp",
    "noembed",
    "noframes",
    "plaintext",
];

/// Says whether an attribute names what a script does.
pub(in crate::page) fn is_handler(name: &str) -> bool {
    name.len() > 3 && name.starts_with("on") && name.chars().all(|letter| letter.is_ascii_alphabetic())
}

/// Elements that stand on lines of their own.
pub(in crate::page) fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ];
    BLOCKS.contains(&name)
}

/// Says whether an element has no content, or ends where a parser sees it by itself.
pub(in crate::page) fn is_flat(name: &str) -> bool {
    const FLAT: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p",
        "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup", "option", "optgroup", "rt", "rp",
    ];
    FLAT.contains(&name)
}
