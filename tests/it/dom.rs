//! HTML as a browser sees it, in a form that tests can walk.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_document, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// An element or a text; comments and doctypes are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    Element(Element),
    Text(String),
}

/// An element with its attributes in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// In lower case, SVG's own names excepted.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|other| other == class))
    }

    /// This element and all below it.
    pub fn all(&self) -> Vec<&Element> {
        let mut found = vec![self];
        for child in &self.children {
            if let Node::Element(element) = child {
                found.extend(element.all());
            }
        }
        found
    }

    /// All elements of a name.
    pub fn named(&self, name: &str) -> Vec<&Element> {
        self.all().into_iter().filter(|element| element.name == name).collect()
    }

    /// The text of the element and all below it.
    pub fn text(&self) -> String {
        let text = |child: &Node| match child {
            Node::Element(element) => element.text(),
            Node::Text(text) => text.clone(),
        };
        self.children.iter().map(text).collect()
    }
}

/// Reads a whole page.
pub fn page(html: &str) -> Element {
    root(&parse_document(RcDom::default(), ParseOpts::default()).one(html))
}

/// Reads what stands inside a `<body>`.
pub fn fragment(html: &str) -> Element {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    root(&parse_fragment(RcDom::default(), ParseOpts::default(), body, Vec::new(), false).one(html))
}

fn root(dom: &RcDom) -> Element {
    Element { name: "#root".into(), attributes: Vec::new(), children: children(&dom.document) }
}

fn children(handle: &Handle) -> Vec<Node> {
    let mut nodes: Vec<Node> = handle.children.borrow().iter().filter_map(node).collect();
    if let NodeData::Element { template_contents, .. } = &handle.data
        && let Some(contents) = template_contents.borrow().as_ref()
    {
        nodes.extend(children(contents));
    }
    nodes
}

fn node(handle: &Handle) -> Option<Node> {
    match &handle.data {
        NodeData::Text { contents } => Some(Node::Text(contents.borrow().to_string())),
        NodeData::Element { name, attrs, .. } => {
            let mut attributes: Vec<(String, String)> = attrs
                .borrow()
                .iter()
                .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
                .collect();
            attributes.sort();
            Some(Node::Element(Element { name: name.local.to_string(), attributes, children: children(handle) }))
        }
        _ => None,
    }
}
