//! Renders views with the templates of a theme. A template of the book that fails gives way to the built-in one.

use tera::{Context, Tera};

use super::{Content, View};
use crate::path::BookPath;
use crate::site::Entry;
use crate::theme::Theme;

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
    pub fn load(theme: &Theme, built_in: &Theme) -> (Self, Option<Fault>) {
        let path = theme.templates.values().find_map(|template| template.path.clone());
        let reserve = || compile(built_in).expect("the built-in templates are tested");
        match compile(theme) {
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
fn add_content(context: &mut Context, Content { heading, rest }: Content) {
    let Some(mut page) = context.remove("page").and_then(tera::Value::into_map) else { return };
    page.insert("heading".into(), tera::Value::from(heading));
    page.insert("rest".into(), tera::Value::from(rest));
    context.insert_value("page", tera::Value::from(page));
}

fn compile(theme: &Theme) -> Result<Tera, String> {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html"]);
    let templates = theme.templates.iter().map(|(name, template)| (name.as_str(), template.text.as_str()));
    tera.add_raw_templates(templates.collect::<Vec<_>>()).map_err(|error| error.to_string())?;
    Ok(tera)
}
