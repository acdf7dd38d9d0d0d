//! Makes the files of the site: a [`View`] and a theme come in, artifacts come out.
//!
//! A template sees its view and nothing else, so a view's fingerprint says whether a page must be rendered again. A
//! view holds a neighbourhood of the page, never the whole tree: that is one shared file, [`shared::navigation`].

mod assets;
mod body;
mod calendar;
mod glossary;
mod neighbourhood;
mod script;
pub mod shared;
mod size;
mod templates;
mod told;
mod view;
mod visits;

pub use assets::{Assets, Own, publish};
pub use body::Content;
pub use glossary::Glossary;
pub use size::image_size;
pub use templates::{Fault, Templates};
pub use view::{
    Settings, SiteView, View, contents, decision_pages, decisions, listing, missing, page, redirect, search, tag_pages,
    tags,
};

/// The content security policy that every page carries and the default theme obeys.
///
/// Images may come from elsewhere over HTTPS, since Markdown shows them so on any host; nothing else may.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; \
    media-src 'self' https:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";
