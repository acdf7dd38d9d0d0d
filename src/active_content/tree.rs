//! The elements of an XML file, each held against the lists of its language.
//!
//! The parser knows namespaces, so a prefix hides nothing. Elements of languages that browsers do not know do nothing.

use roxmltree::{Attribute, Document, Node, ParsingOptions};

use super::reason::Active;
use super::{address, encoding, lists, prolog, style};

const SVG: &str = "http://www.w3.org/2000/svg";
const HTML: &str = "http://www.w3.org/1999/xhtml";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Languages that some browsers run, or ran, and of which nothing is needed here.
const REFUSED: &[&str] = &[
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/2001/xml-events",
    "http://www.w3.org/2002/xforms",
    "http://www.w3.org/2001/XInclude",
    "http://www.mozilla.org/keymaster/gatekeeper/there.is.only.xul",
    "http://www.mozilla.org/xbl",
    "http://www.wapforum.org/2001/wml",
];

/// The most elements, texts and comments that are looked at.
const MOST: u32 = 2_000_000;

/// How many images may stand in each other.
const DEEPEST: usize = 3;

/// The largest XML file that is looked into, in bytes: its tree takes some ten times as much memory.
pub(super) const LARGEST: usize = 32 << 20;

/// Checks a file.
///
/// # Errors
/// With the first thing that is not on the lists, or why the file cannot be read.
pub(super) fn check(content: &[u8]) -> Result<(), Active> {
    check_xml(content, 0)
}

/// Checks a text in XML that stands as an image in so many others.
fn check_xml(content: &[u8], depth: usize) -> Result<(), Active> {
    if content.len() > LARGEST {
        return Err(Active::new(format!("it is larger than the {} MB that are looked into", LARGEST >> 20)));
    }
    if depth > DEEPEST {
        return Err(Active::new("its images hold images that hold images"));
    }
    let text = encoding::decode(content)?;
    prolog::check(&text)?;
    check_text(&text, depth)
}

fn check_text(text: &str, depth: usize) -> Result<(), Active> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| Active::new(format!("it cannot be read as XML: {error}")))?;
    document.root().descendants().try_for_each(|node| check_node(node, depth))
}

fn check_node(node: Node<'_, '_>, depth: usize) -> Result<(), Active> {
    if let Some(instruction) = node.pi() {
        if instruction.target.to_ascii_lowercase().contains("stylesheet") {
            return Err(Active::new("it asks for a style sheet, which can be a program"));
        }
        return Ok(());
    }
    if !node.is_element() {
        return Ok(());
    }
    let name = node.tag_name().name();
    // A drawing that forgot its namespace shows nothing; whoever puts it into a page, where it needs none, shall get no more.
    let is_bare_drawing = || node.document().root_element().has_tag_name("svg");
    let namespace = node.tag_name().namespace().or_else(|| is_bare_drawing().then_some(SVG));
    let (is_listed, check_own): (bool, Check) = match namespace {
        Some(SVG) => (lists::SVG_ELEMENTS.contains(name), check_svg_attribute),
        Some(HTML) => (lists::HTML_ELEMENTS.contains(name), check_html_attribute),
        Some(namespace) if REFUSED.contains(&namespace) => (false, check_html_attribute),
        Some(_) | None => (true, |_, _, _| Ok(())),
    };
    if !is_listed {
        return Err(Active::new(format!("it has the element `<{name}>`")));
    }
    if name == "style" && matches!(namespace, Some(SVG | HTML)) {
        let css: String = node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
        style::check(&css)?;
    }
    node.attributes().try_for_each(|attribute| match attribute.namespace() {
        None => check_own(node, attribute, depth),
        Some(XLINK) => check_xlink(node, attribute, depth),
        Some(XML) if attribute.name() != "base" => Ok(()),
        Some(XML | SVG | HTML) => Err(refused(attribute)),
        Some(namespace) if REFUSED.contains(&namespace) => Err(refused(attribute)),
        // An attribute of another language says nothing to a browser.
        Some(_) => Ok(()),
    })
}

type Check = fn(Node<'_, '_>, Attribute<'_, '_>, usize) -> Result<(), Active>;

fn check_svg_attribute(node: Node<'_, '_>, attribute: Attribute<'_, '_>, depth: usize) -> Result<(), Active> {
    let (name, value) = (attribute.name(), attribute.value());
    match name {
        "href" => check_address(node, value, depth),
        "attributeName" if !lists::is_animated(value.trim()) => {
            Err(Active::new(format!("it animates `{}`", address::shown(value))))
        }
        _ if lists::SVG_STYLED.contains(name) => style::check(value),
        _ if lists::SVG_PLAIN.contains(name) || is_note(name) => Ok(()),
        _ => Err(refused(attribute)),
    }
}

fn check_html_attribute(node: Node<'_, '_>, attribute: Attribute<'_, '_>, _: usize) -> Result<(), Active> {
    match attribute.name() {
        "href" if node.tag_name().name() == "a" => address::check_link(attribute.value()),
        "style" => style::check(attribute.value()),
        name if lists::HTML_ATTRIBUTES.contains(name) || is_note(name) => Ok(()),
        _ => Err(refused(attribute)),
    }
}

fn check_xlink(node: Node<'_, '_>, attribute: Attribute<'_, '_>, depth: usize) -> Result<(), Active> {
    if attribute.name() != "href" {
        return Ok(());
    }
    match node.tag_name().namespace() {
        Some(SVG) => check_address(node, attribute.value(), depth),
        _ => address::check_link(attribute.value()),
    }
}

/// Checks the address of an element of SVG by what the element does with it.
fn check_address(node: Node<'_, '_>, value: &str, depth: usize) -> Result<(), Active> {
    match node.tag_name().name() {
        "a" => address::check_link(value),
        "image" | "feImage" => match address::drawing(value)? {
            Some(drawing) => check_xml(&drawing, depth + 1),
            None => address::check_image(value),
        },
        _ => address::check_reference(value),
    }
}

/// Says whether an attribute is a note to programs, or to who reads with the ears.
fn is_note(name: &str) -> bool {
    name.starts_with("data-") || name.starts_with("aria-")
}

fn refused(attribute: Attribute<'_, '_>) -> Active {
    Active::new(format!("it has the attribute `{}`", attribute.name()))
}
