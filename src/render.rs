//! Makes the files of the site: a [`View`] and a theme come in, artifacts come out.
//!
//! A template sees its view and nothing else, so a view's fingerprint says whether a page must be rendered again. A
//! view holds a neighbourhood of the page, never the whole tree: that is one shared file, [`shared::navigation`].

mod assets;
mod body;
mod calendar;
mod glossary;
mod log_data;
mod neighbourhood;
mod paths_data;
mod policy;
mod repository;
mod script;
mod settings;
mod share;
pub mod shared;
mod size;
mod templates;
mod told;
mod view;
mod visits;
mod weeks;

pub use assets::{Assets, Own, publish};
pub use body::Content;
pub use glossary::Glossary;
pub use policy::{FRAMES, Scripts, policy, policy_of_answers};
pub use share::Card;
pub use size::image_size;
pub use templates::{Fault, Templates};
pub use view::{
    ReadingPath, Settings, SiteView, View, card, changes, contents, decision_pages, decisions, listing, missing, page,
    reading_paths, redirect, search, tag_pages, tags,
};
pub use weeks::Weeks;
