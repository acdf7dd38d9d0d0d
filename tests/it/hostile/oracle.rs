//! Says what a file of the site holds that it must not.

use precedent::build::Build;

use crate::dom::{Element, Node, fragment, page};

/// Elements that neither the theme nor an author may have anywhere.
const NEVER: &[&str] = &[
    "style",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "form",
    "svg",
    "template",
    "noscript",
    "portal",
    "foreignobject",
    "textarea",
    "select",
    "xmp",
    "plaintext",
    "animate",
    "use",
];

/// Elements that only the theme may have, outside the article.
const NOT_IN_ARTICLE: &[&str] = &["script", "meta", "link", "title", "main", "body", "head", "html"];

/// Attributes that hold an address.
const ADDRESSES: &[&str] = &[
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "srcset",
    "background",
    "cite",
    "ping",
    "manifest",
    "xlink:href",
    "longdesc",
    "codebase",
];

/// Checks every file of a site, and returns how many pages that were.
pub fn check_site(build: &Build) -> usize {
    let mut pages = 0;
    let mut wrong = String::new();
    for (path, artifact) in &build.artifacts {
        let text = String::from_utf8_lossy(&artifact.bytes()).into_owned();
        let faults = match path.as_str().rsplit('.').next() {
            Some("html") => {
                pages += 1;
                faults(&text)
            }
            Some("svg") if path.as_str().starts_with("assets/diagrams/") => svg_faults(&text),
            Some("json") => json_faults(&text),
            Some("js") if path.as_str() == "navigation.js" => json_faults(given(&text, "precedentNavigation")),
            Some("js") if path.as_str() == "reading-paths.js" => json_faults(given(&text, "precedentReadingPaths")),
            Some("js") if path.as_str() == "decision-log.js" => json_faults(given(&text, "precedentRecords")),
            _ => Vec::new(),
        };
        for fault in faults.iter().take(5) {
            wrong += &format!("{path}: {fault}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.chars().take(8000).collect::<String>());
    pages
}

/// Returns what a script gives a name in the window.
fn given<'t>(script: &'t str, name: &str) -> &'t str {
    let value = script.strip_prefix("window.").and_then(|rest| rest.strip_prefix(name)?.strip_prefix(" = "));
    value.map_or(script, |value| value.trim_end().trim_end_matches(';'))
}

/// What a page holds that it must not, and what it lacks.
pub fn faults(html: &str) -> Vec<String> {
    let mut dom = page(html);
    let mut faults = take_own(&mut dom);
    for element in dom.all() {
        faults.extend(element_faults(element));
    }
    for article in dom.named("article") {
        faults.extend(
            article
                .all()
                .into_iter()
                .filter(|element| NOT_IN_ARTICLE.contains(&element.name.as_str()) || sends(element))
                .filter(|element| element.attribute("popovertarget") != Some("record-facts"))
                .map(|element| format!("<{}> in the article", element.name)),
        );
        let is_task =
            |input: &&Element| input.attribute("type") == Some("checkbox") && input.attribute("disabled").is_some();
        let inputs = article.named("input").into_iter().filter(|input| !is_task(input)).count();
        faults.extend((0..inputs).map(|_| "an input".to_owned()));
    }
    let is_redirect = html.contains("http-equiv=\"refresh\"");
    if dom.named("main").len() != 1 || dom.named("h1").is_empty() {
        faults.push(format!("{} mains and {} first headings", dom.named("main").len(), dom.named("h1").len()));
    }
    let frame: Vec<&str> =
        dom.named("body").iter().flat_map(|body| elements(body)).map(|element| element.name.as_str()).collect();
    let expected: &[&str] = if is_redirect { &["main"] } else { &["a", "header", "div", "footer"] };
    if frame != expected {
        faults.push(format!("the body has {frame:?}"));
    }
    let policies = dom.named("meta").into_iter().filter(|meta| meta.attribute("http-equiv").is_some()).count();
    if policies > 1 + usize::from(is_redirect) {
        faults.push(format!("{policies} metas that stand for headers"));
    }
    faults
}

/// Takes out what the theme puts into the article of pages without a source: the form of the log and what it says when
/// nothing fits, the drawing of the graph, the forms of the search. Returns what is wrong with them.
fn take_own(dom: &mut Element) -> Vec<String> {
    let kind = dom.named("body").first().and_then(|body| body.attribute("data-kind")).unwrap_or("").to_owned();
    let is_own: fn(&Element) -> bool = match kind.as_str() {
        "log" => |element| element.has_class("log-form") || element.has_class("log-none"),
        "graph" => {
            |element| element.name == "svg" || element.has_class("graph-find") || element.has_class("graph-zoom")
        }
        "decision" | "guideline" => |element| element.has_class("graph-small"),
        "search" | "missing" => |element| element.has_class("search-form"),
        _ => return Vec::new(),
    };
    let mut taken = Vec::new();
    take(dom, is_own, &mut taken);
    let most = match kind.as_str() {
        "graph" => 3,
        "log" => 2,
        _ => 1,
    };
    if taken.len() > most {
        return vec![format!("{} of the theme's own elements", taken.len())];
    }
    let inner = taken.iter().flat_map(|own| own.all().into_iter().skip(1));
    let allowed =
        ["label", "span", "input", "select", "option", "datalist", "button", "g", "path", "rect", "text", "a"];
    let shapes = ["title", "desc", "line", "circle", "polygon", "polyline", "defs", "marker", "tspan", "ellipse"];
    inner
        .flat_map(|element| match element.name.as_str() {
            "select" if kind == "log" || kind == "graph" => Vec::new(),
            // The drawing on the page of a record stands in a frame of its own.
            "svg" if kind != "graph" => Vec::new(),
            name if allowed.contains(&name) || shapes.contains(&name) => element_faults(element),
            name => vec![format!("<{name}> inside the theme's own")],
        })
        .collect()
}

fn take(element: &mut Element, wanted: fn(&Element) -> bool, taken: &mut Vec<Element>) {
    element.children.retain_mut(|child| match child {
        Node::Element(child) if wanted(child) => {
            taken.push(child.clone());
            false
        }
        Node::Element(child) => {
            take(child, wanted, taken);
            true
        }
        Node::Text(_) => true,
    });
}

/// Says whether a page has the policy and the scripts of the theme.
pub fn has_all_of_the_theme(html: &str) -> bool {
    let dom = page(html);
    dom.named("script").len() >= 2
        && dom.named("meta").iter().any(|meta| meta.attribute("http-equiv") == Some("Content-Security-Policy"))
}

fn elements(parent: &Element) -> impl Iterator<Item = &Element> {
    parent.children.iter().filter_map(|child| match child {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    })
}

fn element_faults(element: &Element) -> Vec<String> {
    let mut faults = Vec::new();
    let name = element.name.to_ascii_lowercase();
    if NEVER.contains(&name.as_str()) {
        faults.push(format!("<{name}>"));
    }
    if name == "script" && !is_of_the_theme(element) {
        faults.push(format!("a foreign script: {element:?}"));
    }
    if name == "meta"
        && element.attribute("http-equiv") == Some("refresh")
        && element.attribute("content").is_some_and(|content| is_harmful(content.split("url=").nth(1).unwrap_or("")))
    {
        faults.push(format!("{element:?}"));
    }
    for (attribute, value) in &element.attributes {
        let attribute = attribute.to_ascii_lowercase();
        let harmful = attribute.starts_with("on")
            || attribute == "style"
            || attribute == "srcdoc"
            || ADDRESSES.contains(&attribute.as_str()) && is_harmful(value);
        if harmful {
            faults.push(format!("<{name} {attribute}={value:?}>"));
        }
    }
    faults
}

/// `assets/name-0123456789.js`, from any depth.
fn is_of_the_theme(script: &Element) -> bool {
    let source = script.attribute("src").unwrap_or("").trim_start_matches("../").trim_start_matches('/');
    let name =
        source.strip_prefix("assets/").and_then(|name| name.strip_suffix(".js")).and_then(|name| name.rsplit_once('-'));
    let hashed = name.is_some_and(|(name, hash)| {
        [
            "words",
            "visits",
            "reading",
            "paths",
            "tabs",
            "theme",
            "scheme",
            "search",
            "log",
            "decisions",
            "graph",
            "graph-view",
            "changes-view",
        ]
        .contains(&name)
            && hash.len() == 10
            && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    hashed && script.text().is_empty()
}

/// Says whether it is a button that does something without a script of the theme.
fn sends(element: &Element) -> bool {
    element.name == "button" && element.attribute("type") != Some("button")
}

/// As a browser reads an address: white space and control characters at its beginning, tabs and line ends anywhere, are dropped.
fn is_harmful(address: &str) -> bool {
    let address: String = address.chars().filter(|letter| !letter.is_control() && !letter.is_whitespace()).collect();
    let address = address.to_ascii_lowercase();
    let raster = [
        "data:image/png;base64",
        "data:image/jpeg;base64",
        "data:image/gif;base64",
        "data:image/webp;base64",
        "data:image/png;text",
    ];
    address.starts_with("javascript:")
        || address.starts_with("vbscript:")
        || address.starts_with("data:") && !raster.iter().any(|raster| address.starts_with(raster))
}

/// What a drawing holds that it must not: it is shown as an image, and yet someone may open it by itself.
pub fn svg_faults(svg: &str) -> Vec<String> {
    let dom = fragment(svg);
    let mut faults = Vec::new();
    for element in dom.all() {
        let name = element.name.to_ascii_lowercase();
        if [
            "script",
            "foreignobject",
            "iframe",
            "object",
            "embed",
            "img",
            "image",
            "animate",
            "set",
            "handler",
            "html",
            "body",
            "div",
            "p",
            "form",
            "input",
        ]
        .contains(&name.as_str())
            && !(name == "html" && element.attributes.is_empty())
        {
            faults.push(format!("<{name}>: {:?}", element.attributes));
        }
        for (attribute, value) in &element.attributes {
            let is_address = attribute.ends_with("href") || attribute == "src";
            if attribute.starts_with("on") || is_address && is_harmful(value) {
                faults.push(format!("<{name} {attribute}={value:?}>"));
            }
        }
    }
    faults
}

fn json_faults(text: &str) -> Vec<String> {
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(_) => Vec::new(),
        Err(error) => vec![format!("no JSON: {error}")],
    }
}
