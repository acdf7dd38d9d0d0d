//! The dialects, what there is in them, and what to write instead.

/// A dialect, by the program that reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dialect {
    MkDocs,
    /// Of MkDocs and of kramdown.
    Attributes,
    Directives,
    Mdx,
    Obsidian,
    GitBook,
    Liquid,
    Hugo,
    ReStructuredText,
}

impl Dialect {
    /// Returns what stands before the name of a kind.
    pub(super) fn owner(self) -> &'static str {
        match self {
            Self::MkDocs => "MkDocs' ",
            Self::Attributes | Self::Directives => "",
            Self::Mdx => "MDX's ",
            Self::Obsidian => "Obsidian's ",
            Self::GitBook => "GitBook's ",
            Self::Liquid => "Liquid's ",
            Self::Hugo => "Hugo's ",
            Self::ReStructuredText => "reStructuredText's ",
        }
    }
}

macro_rules! kinds {
    ($($kind:ident = $dialect:ident, $name:literal, $fate:literal, $help:literal;)*) => {
        /// What there is in a dialect.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Kind {
            $($kind,)*
        }

        impl Kind {
            #[cfg(test)]
            pub(super) const ALL: &[Kind] = &[$(Kind::$kind),*];

            pub(super) fn dialect(self) -> Dialect {
                match self { $(Self::$kind => Dialect::$dialect),* }
            }

            /// Returns what several of them are called.
            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),* }
            }

            /// Returns what becomes of them, after "which".
            pub(super) fn fate(self) -> &'static str {
                match self { $(Self::$kind => $fate),* }
            }

            /// Returns what to write instead.
            pub(super) fn help(self) -> &'static str {
                match self { $(Self::$kind => $help),* }
            }
        }
    };
}

kinds! {
    Admonition = MkDocs, "admonitions", "are shown as text",
        "write `> [!NOTE]`, and `> ` before each line of the note";
    ContentTab = MkDocs, "content tabs", "are shown as text",
        "write a heading for each tab, between the lines `<!-- tabs -->` and `<!-- /tabs -->`";
    Snippet = MkDocs, "snippets", "are shown as text",
        "write `{{#include file.md}}`, with the path from this file";
    AttributeList = Attributes, "attribute lists of MkDocs or kramdown", "are shown as text",
        "leave them out; of attributes, a heading's are read: `## Context {#why}`";
    Directive = Directives, "directives of Docusaurus, VitePress or MyST", "are shown as text",
        "write `> [!NOTE]`, and `> ` before each line of the note";
    Import = Mdx, "imports and exports", "are shown as text",
        "leave them out; `{{#include file.md}}` puts in another file";
    Element = Mdx, "components", "lose their tags",
        "write what they show in Markdown or HTML; tabs stand between `<!-- tabs -->` and `<!-- /tabs -->`";
    Embed = Obsidian, "embeds of pages", "are not shown in their place",
        "write `{{#include page.md}}` to show a page's text, or `[[page]]` to link to it";
    Comment = Obsidian, "comments", "are shown as text",
        "write `<!-- … -->`; in a vault, which is known by its folder `.obsidian`, comments are left out";
    Tag = Obsidian, "tags", "are shown as text",
        "name them in the front matter: `tags: [one, two]`";
    BlockId = Obsidian, "ids of blocks", "are shown as text",
        "write the id at the beginning of the item or paragraph: `{#id} text`";
    Dataview = Obsidian, "Dataview queries", "are shown as code",
        "write the list itself; collections of decisions have a log of their own";
    GitBookBlock = GitBook, "blocks", "are shown as text",
        "write `> [!NOTE]` for a hint; headings between `<!-- tabs -->` and `<!-- /tabs -->` are tabs";
    LiquidTag = Liquid, "tags", "are shown as text",
        "write what they stand for; `{{#include file.md}}` puts in another file";
    Shortcode = Hugo, "shortcodes", "are shown as text",
        "write Markdown for what they show: `> [!NOTE]`, `![what it shows](a.png \"Caption\")`, `[text](page.md)`";
    RstDirective = ReStructuredText, "directives", "are shown as text",
        "write `> [!NOTE]`, and `> ` before each line of the note";
    RstRole = ReStructuredText, "roles", "are shown as text",
        "write a link, `[text](page.md#heading)`, or the code alone";
}
