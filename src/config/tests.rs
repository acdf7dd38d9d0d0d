use super::*;

fn findings(text: &str) -> (Config, Vec<String>) {
    let source = Source::new(BookPath::new("book.toml").unwrap(), text.as_bytes());
    let (config, diagnostics) = Config::read(&source);
    let shown = diagnostics.into_iter().map(|diagnostic| {
        let place = diagnostic.span.map_or("", |span| &text[span.start..span.end]).to_owned();
        format!("{}: {} @{place} ({})", diagnostic.code, diagnostic.message, diagnostic.help.unwrap_or_default())
    });
    (config, shown.collect())
}

#[test]
fn an_empty_file_gives_the_defaults() {
    let (config, diagnostics) = findings("");
    assert_eq!(diagnostics, [""; 0]);
    assert_eq!(config.build.folder.as_str(), "book");
    assert_eq!(config.book.language, "en");
    assert_eq!(config, Config::default());
}

#[test]
fn an_unknown_key_is_found_with_the_nearest_name() {
    let (_, diagnostics) = findings("[book]\ntitel = 'x'\n[bock]\n");
    assert_eq!(
        diagnostics,
        [
            "unknown-setting: unknown key `book.titel` @titel (did you mean `title`?)",
            "unknown-setting: unknown key `bock` @bock (did you mean `book`?)",
        ]
    );
}

#[test]
fn a_bad_value_is_found_and_the_default_holds() {
    let (config, diagnostics) = findings("[book]\ntitle = 3\nsrc = '../..'\n[rules]\nbroken-link = 'loud'\n");
    assert_eq!(config.book.title, None);
    assert_eq!(
        diagnostics,
        [
            "invalid-setting: `book.title` must be a text, and is a number @3 ()",
            "invalid-setting: `book.src` must be a path inside the book, and is a text @'../..' ()",
            "invalid-setting: `rules.broken-link` must be `allow` or `warn` or `deny`, and is a text @'loud' ()",
        ]
    );
    assert!(findings("[book\n").1[0].starts_with("invalid-toml: cannot be read as TOML"));
}

#[test]
fn an_mdbook_file_is_read_as_mdbook_reads_it() {
    let (config, diagnostics) = findings(
        "[book]\ntitle = 'T'\nmultilingual = false\nlanguage = 'he'\n[rust]\nedition = '2021'\n[preprocessor.x]\na = 1\n\
         [output.html]\ncurly-quotes = true\nadditional-css = ['a.css']\nsite-url = '/x/'\n\
         [output.html.redirect]\n'/old.html' = 'new.html'\n'/a.html#b' = 'c.html'\n[output.linkcheck]\nz = 1\n",
    );
    assert_eq!(
        diagnostics,
        ["obsolete-setting: `output.html.curly-quotes` has no effect any more @curly-quotes (remove the line)"]
    );
    assert_eq!(config.book.direction, Direction::Rtl);
    assert_eq!(config.site.url, None, "a path is no address");
    assert_eq!(config.site.redirects.len(), 1);
}
