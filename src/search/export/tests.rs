use super::*;
use crate::search::Document;

fn document(path: &str, heading: &str, text: &str) -> Document {
    Document {
        url: format!("{}.html#{}", path.trim_end_matches(".md"), heading.to_lowercase()),
        path: path.to_owned(),
        line: 1,
        title: format!("About {path}"),
        heading: heading.to_owned(),
        breadcrumb: vec!["All".to_owned()],
        kind: "page".to_owned(),
        status: None,
        date: Some("2024-01-16".to_owned()),
        tags: vec!["Security".to_owned()],
        id: None,
        scope: String::new(),
        successors: Vec::new(),
        people: vec!["Maria Cortés".to_owned()],
        boost: 100,
        text: text.to_owned(),
    }
}

fn exported(index: &Index, documents: &[Document]) -> Vec<Artifact> {
    let contents = documents.to_vec().into();
    index.sync(&contents).unwrap();
    export(index, &contents, ("Test", "en"), &Streams::default()).unwrap().0
}

fn many(count: usize) -> Vec<Document> {
    let text = |at: usize| format!("word{} cache{} {}", at % 97, at * 7919 % 1009, "filler text ".repeat(at % 13));
    let sections = (0..count).map(|at| document(&format!("p/{:04}.md", at / 3), &format!("H{}", at % 3), &text(at)));
    sections.collect()
}

#[test]
fn the_way_to_a_state_leaves_no_trace() {
    let documents = many(300);
    let fresh = exported(&Index::in_memory("en"), &documents);
    let index = Index::in_memory("en");
    exported(&index, &documents[..90]);
    exported(&index, &documents[60..]);
    assert!(fresh == exported(&index, &documents), "an export depends on what the index held before");
}

#[test]
fn a_changed_page_changes_few_files() {
    let documents = many(3000);
    let index = Index::in_memory("en");
    let before = exported(&index, &documents);
    let mut changed = documents.clone();
    changed[1500].text += " unheard";
    let after = exported(&index, &changed);
    let same = after.iter().filter(|file| before.contains(file)).count();
    assert!(same * 2 > after.len(), "{same} of {} files stayed", after.len());
    let is_text = |file: &&Artifact| file.path.as_str().contains("/d/");
    assert_eq!(after.iter().filter(|file| is_text(file) && !before.contains(file)).count(), 1);
}

#[test]
fn a_site_has_far_fewer_files_than_pages() {
    let files = exported(&Index::in_memory("en"), &many(3000));
    assert!(files.len() * 20 < 1000, "{} files for 1000 pages", files.len());
    let longest = files.iter().map(|file| file.bytes().len()).max();
    assert!(longest < Some(200_000), "{longest:?} bytes are much for a host that sends whole files only");
}

#[test]
fn a_site_without_pages_has_a_search_too() {
    assert!(exported(&Index::in_memory("en"), &[]).iter().any(|file| file.path.as_str() == "search/root.js"));
}
