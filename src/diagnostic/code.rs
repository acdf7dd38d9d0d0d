//! The stable names of the findings. Each is a key of `[rules]` in `book.toml`.

use std::fmt;

use super::Severity;

/// The address below which the book in `docs` is published, with a slash at its end.
///
/// Until there is a public home it is a name that nobody can register (RFC 2606).
pub const DOCUMENTATION: &str = "https://precedent.example/docs/";

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident;)*) => {
        /// A kind of finding. Its name never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// Returns the name that `[rules]` and the reports use.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// Returns what the code means, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => concat!($($doc),+)),* }
            }

            /// Returns the page of the documentation about the code: Markdown with front matter.
            pub fn page(self) -> &'static str {
                match self {
                    $(Code::$variant => include_str!(concat!("../../docs/reference/findings/", $name, ".md"))),*
                }
            }

            /// Returns the level of the code where the book says nothing.
            pub fn default_severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),* }
            }
        }
    };
}

codes! {
    /// `book.toml` cannot be read as TOML, so all its settings are missing.
    InvalidToml = "invalid-toml", Deny;
    /// A value in `book.toml` that its key cannot have; the default holds.
    InvalidSetting = "invalid-setting", Warn;
    /// A file that `book.toml` names does not exist; the site is built without it.
    MissingFile = "missing-file", Warn;
    /// A key in `book.toml` that nothing reads.
    UnknownSetting = "unknown-setting", Warn;
    /// A key that mdBook once had and that has no effect any more.
    ObsoleteSetting = "obsolete-setting", Warn;
    /// Front matter that is not valid YAML or TOML; the page is built without it.
    InvalidFrontMatter = "invalid-front-matter", Warn;
    /// A front matter value that cannot be what its key needs.
    InvalidValue = "invalid-value", Warn;
    /// A file that is not UTF-8; the bad bytes are shown as U+FFFD.
    InvalidUtf8 = "invalid-utf8", Warn;
    /// A file named `.md` that holds binary data; it is left out.
    BinaryFile = "binary-file", Warn;
    /// A file too large to be a page or to be published.
    TooLarge = "too-large", Warn;
    /// A file or folder that cannot be read.
    Unreadable = "unreadable", Warn;
    /// A symbolic link that leaves the book, leads nowhere, or names a folder; it is not followed.
    SymbolicLink = "symbolic-link", Warn;
    /// A file name that is not UTF-8, or that a web server could not serve.
    InvalidName = "invalid-name", Warn;
    /// Blocks nested too deep, whose inner ones are shown without their frames; or folders, whose inner ones are left out.
    DeepNesting = "deep-nesting", Warn;
    /// HTML in Markdown that could run script or break the page, or that a page does not keep; it is removed.
    UnsafeHtml = "unsafe-html", Warn;
    /// A file beside the pages of which a browser could run something: HTML, or an SVG with more than what shows; it is not published.
    UnsafeFile = "unsafe-file", Warn;
    /// A file beside the pages that steers the host, such as `_headers`, and that `host-files` does not name; it is not published.
    HostFile = "host-file", Warn;
    /// A link with a scheme that is not known to be safe; the link is removed and its text stays.
    UnsafeLink = "unsafe-link", Warn;
    /// A link to a page or file that does not exist.
    BrokenLink = "broken-link", Warn;
    /// A link to a heading that does not exist on its page.
    BrokenAnchor = "broken-anchor", Warn;
    /// A link to a file or folder of the repository that is not part of the site; it leads there where its address is set.
    OutsideSite = "outside-site", Allow;
    /// An image that does not exist.
    BrokenImage = "broken-image", Warn;
    /// A wikilink that several pages could answer.
    AmbiguousLink = "ambiguous-link", Warn;
    /// A reference like `[text][label]` or `[^note]` whose definition is missing.
    MissingDefinition = "missing-definition", Allow;
    /// Text in another program's dialect of Markdown, which is not read.
    ForeignDialect = "foreign-dialect", Warn;
    /// Files beside the pages of a kind that could be pages elsewhere, and that are not read.
    UnreadFile = "unread-file", Warn;
    /// An include whose file, lines or region do not exist, or which leaves the book.
    BrokenInclude = "broken-include", Warn;
    /// A file that includes itself, directly or through others.
    IncludeLoop = "include-loop", Warn;
    /// A file, a page or an address of the book has a name of the site's own files; the site's own file stays.
    ReservedName = "reserved-name", Warn;
    /// Two pages that would have the same address; the second gets another.
    DuplicateUrl = "duplicate-url", Warn;
    /// An alias that is the address of a page, or that two pages claim.
    DuplicateAlias = "duplicate-alias", Warn;
    /// `SUMMARY.md` says something that cannot be read as navigation.
    InvalidSummary = "invalid-summary", Warn;
    /// A chapter of `SUMMARY.md` whose file does not exist.
    MissingChapter = "missing-chapter", Warn;
    /// A page that `SUMMARY.md` does not list: it is built, and found only by search and links.
    UnlistedPage = "unlisted-page", Warn;
    /// A code block in a language without highlighting; it is shown as plain text.
    UnknownLanguage = "unknown-language", Allow;
    /// A formula that cannot be read; its source is shown.
    InvalidMath = "invalid-math", Warn;
    /// A diagram that cannot be drawn; its source is shown.
    InvalidDiagram = "invalid-diagram", Warn;
    /// Code, diagrams or includes that make more work than a page and a book may; no site is published.
    TooMuchWork = "too-much-work", Deny;
    /// A template of the book's theme that fails; the built-in one is used.
    InvalidTemplate = "invalid-template", Deny;
    /// A file in the theme folder that overrides nothing.
    UnknownThemeFile = "unknown-theme-file", Warn;
    /// A folder that looks like a collection of decisions, of which only a part is read.
    PartlyReadCollection = "partly-read-collection", Warn;
    /// A pattern in `decisions.folders` that matches no folder of the book.
    UnmatchedFolder = "unmatched-folder", Warn;
    /// A word or key of metadata that is near a known one; it is read as that one, or not at all.
    MisspeltMetadata = "misspelt-metadata", Warn;
    /// A value that is not a date, where a date belongs.
    InvalidDate = "invalid-date", Warn;
    /// A status that the program does not know; it is shown as it is written.
    UnknownStatus = "unknown-status", Warn;
    /// A relation to a record that does not exist.
    UnknownRecord = "unknown-record", Warn;
    /// A relation to a number or title that several records have.
    AmbiguousRecord = "ambiguous-record", Warn;
    /// Two decisions of one folder with the same number.
    DuplicateNumber = "duplicate-number", Warn;
    /// A number that a branch gives to another decision.
    NumberCollision = "number-collision", Deny;
    /// A decision that says it is in force although another says that it replaces it.
    ReplacedInForce = "replaced-in-force", Warn;
    /// Decisions that supersede each other in a circle, so that none is in force.
    CircularSuccession = "circular-succession", Deny;
    /// A decision that says it is superseded, by one that was rejected.
    RejectedSuccessor = "rejected-successor", Warn;
    /// Two decisions in force that both supersede one.
    TwoSuccessors = "two-successors", Warn;
    /// An accepted decision whose text is still the template's.
    UnfilledDecision = "unfilled-decision", Deny;
    /// A guideline that derives from a decision no longer in force.
    StaleGuideline = "stale-guideline", Warn;
    /// A decision or guideline whose `review-by` is past.
    OverdueReview = "overdue-review", Warn;
    /// A proposal whose `decide-by` is past.
    OverdueDecision = "overdue-decision", Warn;
    /// A date that can mean two days, in a folder where nothing says which.
    AmbiguousDate = "ambiguous-date", Warn;
    /// A pattern in `applies-to` that matches no file.
    DeadGlob = "dead-glob", Warn;
    /// A clone without the whole history: who changed what before is not known.
    IncompleteHistory = "incomplete-history", Warn;
    /// Feeds that the settings ask for, of a site without an address.
    FeedWithoutAddress = "feed-without-address", Warn;
    /// A pattern in `applies-to` that cannot be read.
    InvalidGlob = "invalid-glob", Warn;
}

impl Code {
    /// Returns the address of the page about the code.
    pub fn address(self) -> String {
        format!("{DOCUMENTATION}reference/findings/{}.html", self.name())
    }

    /// Says whether it tells of the settings, and so of the cause of other findings.
    pub fn is_of_settings(self) -> bool {
        use Code::{InvalidSetting, InvalidToml, MissingFile, ObsoleteSetting, UnknownSetting};
        matches!(self, InvalidToml | InvalidSetting | MissingFile | UnknownSetting | ObsoleteSetting)
    }

    /// Says whether it is about what a text says and leads to: in a template that is left to those who fill it in.
    pub fn is_of_text(self) -> bool {
        use Code::{
            AmbiguousLink, BrokenAnchor, BrokenImage, BrokenLink, ForeignDialect, InvalidDate, InvalidFrontMatter,
            MissingDefinition, MisspeltMetadata, UnknownRecord, UnknownStatus, UnsafeHtml,
        };
        let of_links = matches!(self, AmbiguousLink | BrokenAnchor | BrokenImage | BrokenLink | MissingDefinition);
        let of_metadata =
            matches!(self, InvalidDate | InvalidFrontMatter | MisspeltMetadata | UnknownRecord | UnknownStatus);
        of_links || of_metadata || matches!(self, ForeignDialect | UnsafeHtml)
    }

    /// Returns the code of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
