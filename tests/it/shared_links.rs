//! What other programs show of a link to a page.

use crate::memory::{built, files, text};

const BOOK: &str = "-- index.md --\n# Home\n\nA sentence.\n-- decisions/0001-one.md --\n---\nstatus: accepted\n---\n# ADR-0001: Use it\n\nText.\n";

fn page(settings: &str) -> String {
    text(&built(&files(&format!("-- book.toml --\n{settings}{BOOK}"))), "decisions/0001-one.html")
}

#[test]
fn a_link_says_what_it_leads_to() {
    let page = page("[book]\ntitle = \"Book\"\n[site]\nurl = \"https://example.org/\"\n");
    for tag in [
        "<meta property=\"og:title\" content=\"ADR-0001 Use it\">",
        "<meta property=\"og:description\" content=\"Text.\">",
        "<meta property=\"og:site_name\" content=\"Book\">",
        "<meta property=\"og:url\" content=\"https://example.org/decisions/0001-one.html\">",
    ] {
        assert!(page.contains(tag), "{tag} in {}", &page[..2000]);
    }
}

#[test]
fn without_its_feature_or_an_address_no_image_is_drawn() {
    for settings in ["", "[site]\nurl = \"https://example.org/\"\n"] {
        let page = page(settings);
        assert!(page.contains("og:image") == (cfg!(feature = "share-images") && !settings.is_empty()), "{settings}");
    }
}

#[cfg(feature = "share-images")]
#[test]
fn an_image_is_drawn_once_and_lies_where_the_page_says() {
    use precedent::build::Memo;

    use crate::memory::{built_with, parts_of};

    let mut all = files(&format!("-- book.toml --\n[site]\nurl = \"https://example.org/x/\"\n{BOOK}"));
    let mut memo = Memo::default();
    let first = built_with(&all, &mut memo);
    let image = |html: &str| {
        html.split("og:image\" content=\"https://example.org/x/").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let drawn = image(&text(&first, "decisions/0001-one.html"));
    let files: Vec<&str> =
        first.artifacts.keys().map(|path| path.as_str()).filter(|path| path.ends_with(".png")).collect();
    assert_eq!((files.len(), files.contains(&drawn.as_str())), (2, true), "{files:?}");
    // A host keeps all of the assets for ever, the images too.
    let hosted = files_for_a_host(&all);
    assert!(hosted.contains("\n/assets/*\n") && !hosted.contains("/assets/share"), "{hosted}");
    // In the next process none is drawn again, but that of a page with another title.
    let mut memo = Memo::of_parts(&parts_of(&memo)).unwrap();
    assert_eq!(built_with(&all, &mut memo).counts.rendered, 0);
    let renamed = all["decisions/0001-one.md"].iter().copied().chain(*b"\n").collect::<Vec<u8>>();
    all.insert(
        "decisions/0001-one.md".to_owned(),
        String::from_utf8(renamed).unwrap().replace("Use it", "Use that").into(),
    );
    let after = built_with(&all, &mut memo);
    assert_ne!(image(&text(&after, "decisions/0001-one.html")), drawn);
}

#[cfg(feature = "share-images")]
fn files_for_a_host(book: &crate::memory::Files) -> String {
    let mut book = book.clone();
    book.insert("book.toml".to_owned(), "[site]\nurl = \"https://example.org/x/\"\nhost = \"netlify\"\n".into());
    text(&built(&book), "_headers")
}
