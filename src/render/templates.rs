//! Renders views with the templates of a theme. A template of the book that fails gives way to the built-in one.

use std::sync::Arc;

use tera::{Context, Kwargs, State, Tera};

use super::{Content, View};
use crate::path::BookPath;
use crate::site::Entry;
use crate::theme::{Theme, Words, fill};

/// The templates, ready to render.
pub struct Templates {
    own: Tera,
    /// The built-in templates, where those of the book differ.
    built_in: Option<Tera>,
    /// A template file of the book, for findings that name none.
    path: Option<BookPath>,
}

/// Why a template of the book fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The template's file.
    pub path: BookPath,
    /// What tera says.
    pub message: String,
}

impl Templates {
    /// Loads the templates. With a fault in one of the book's, the built-in ones take over.
    pub fn load(theme: &Theme, built_in: &Theme, words: &Arc<Words>) -> (Self, Option<Fault>) {
        let path = theme.templates.values().find_map(|template| template.path.clone());
        let reserve = || compile(built_in, words).expect("the built-in templates are tested");
        match compile(theme, words) {
            Ok(own) => (Self { own, built_in: path.as_ref().map(|_| reserve()), path }, None),
            Err(message) => {
                let named = theme
                    .templates
                    .iter()
                    .filter(|(name, _)| message.contains(name.as_str()))
                    .find_map(|(_, template)| template.path.clone());
                let fault = named.or_else(|| path.clone()).map(|path| Fault { path, message });
                (Self { own: reserve(), built_in: None, path }, fault)
            }
        }
    }

    /// Renders a view; `entry` is its page, where it is one.
    pub fn render(&self, view: &View, entry: Option<&Entry>) -> (String, Option<Fault>) {
        let content = view.content(entry);
        let mut context = Context::from_serialize(view).expect("a view is a map with text keys");
        add_content(&mut context, content);
        match (self.own.render(view.template, &context), &self.built_in) {
            (Ok(html), _) => (html, None),
            (Err(error), Some(built_in)) => {
                let html = built_in.render(view.template, &context).expect("the built-in templates render every view");
                let fault = self.path.clone().map(|path| Fault { path, message: error.to_string() });
                (html, fault)
            }
            (Err(error), None) => panic!("the built-in templates render every view: {error}"),
        }
    }
}

/// Adds the body to the page that templates see.
fn add_content(context: &mut Context, Content { heading, lead, rest }: Content) {
    let Some(mut page) = context.remove("page").and_then(tera::Value::into_map) else { return };
    page.insert("heading".into(), tera::Value::from(heading));
    page.insert("lead".into(), tera::Value::from(lead));
    page.insert("rest".into(), tera::Value::from(rest));
    context.insert_value("page", tera::Value::from(page));
}

fn compile(theme: &Theme, words: &Arc<Words>) -> Result<Tera, String> {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html"]);
    let words = words.clone();
    tera.register_filter("word", move |key: &str, values: Kwargs, _: &State| word(&words, key, &values));
    let own = theme.templates.iter().filter(|(_, template)| template.path.is_some());
    own.clone().try_for_each(|(name, template)| check_depth(name, &template.text))?;
    let templates: Vec<(&str, &str)> =
        theme.templates.iter().map(|(name, template)| (name.as_str(), template.text.as_str())).collect();
    let has_own = own.count() > 0;
    let add = || tera.add_raw_templates(templates).map_err(|error| error.to_string());
    if has_own {
        // Tera reads by recursion, as deep as a tag is long.
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, add);
            let thread = thread.map_err(|error| error.to_string())?;
            thread.join().unwrap_or_else(|_| Err("the templates are more than the template engine can read".to_owned()))
        })?;
    } else {
        add()?;
    }
    Ok(tera)
}

/// The longest tag of a template, in bytes, and the most blocks: what a stack of this size can always take, and far more than
/// anybody writes.
const LONGEST_TAG: usize = 4096;
const MOST_BLOCKS: usize = 2000;
const STACK: usize = 512 << 20;

/// Refuses a template in which more could be nested than can be read.
fn check_depth(name: &str, text: &str) -> Result<(), String> {
    let mut blocks = 0;
    for (at, _) in text.match_indices('{') {
        let tag = &text[at..];
        let is_block = tag.starts_with("{%");
        if !is_block && !tag.starts_with("{{") {
            continue;
        }
        let end = tag.find(if is_block { "%}" } else { "}}" }).unwrap_or(tag.len());
        blocks += usize::from(is_block);
        if end > LONGEST_TAG || blocks > MOST_BLOCKS {
            return Err(format!(
                "{name}: a tag is longer than {LONGEST_TAG} bytes, or there are more than {MOST_BLOCKS}"
            ));
        }
    }
    Ok(())
}

/// Returns the text of a key, with the values that a template gives by name; `n` chooses the form for a number.
///
/// Where a link stands in a sentence, `part = "before"` and `"after"` are what stands around the first name in braces.
fn word(words: &Words, key: &str, values: &Kwargs) -> Result<String, tera::Error> {
    let number = values.get::<u64>("n")?;
    let text = number.map_or_else(|| words.find(key), |number| words.find_counted(key, number));
    let text = text.ok_or_else(|| tera::Error::message(format!("no language file has the word `{key}`")))?;
    match values.get::<&str>("part")? {
        Some("after") => return Ok(text.split_once('}').map_or("", |(_, after)| after).to_owned()),
        Some(_) => return Ok(text.split('{').next().unwrap_or("").to_owned()),
        None => {}
    }
    let values = values.iter().filter_map(|(name, value)| Some((name.as_str()?.to_owned(), value.to_string())));
    let values: Vec<(String, String)> = values.collect();
    let named: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Ok(fill(text, &named))
}

/// Returns the text of a key for so many things.
pub(super) fn counted(words: &Words, key: &str, number: usize) -> String {
    let text = words.find_counted(key, number as u64).unwrap_or(key);
    fill(text, &[("n", &number.to_string())])
}
