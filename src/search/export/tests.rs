use super::*;

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
    export(index, &contents, "Test", "en").unwrap()
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
    let texts = |files: &[Artifact]| files.iter().filter(|file| file.path.as_str().contains("/d/")).count();
    let same_texts = after.iter().filter(|file| file.path.as_str().contains("/d/") && before.contains(file)).count();
    assert!((texts(&after) - same_texts) * 20 < texts(&after));
}

#[test]
fn a_site_without_pages_has_a_search_too() {
    assert!(exported(&Index::in_memory("en"), &[]).iter().any(|file| file.path.as_str() == "search/root.js"));
}
