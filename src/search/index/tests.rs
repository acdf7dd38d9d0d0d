use super::*;
use crate::search::{Filters, LastWord};

fn document(path: &str, title: &str, text: &str) -> Document {
    Document {
        url: path.replace(".md", ".html"),
        path: path.to_owned(),
        line: 1,
        title: title.to_owned(),
        heading: String::new(),
        breadcrumb: Vec::new(),
        kind: "decision".to_owned(),
        status: Some("accepted".to_owned()),
        date: None,
        tags: vec!["Security".to_owned()],
        id: Some(path.replace(".md", "")),
        scope: "teams/payments".to_owned(),
        people: vec!["Maria Cortés (@mcortes)".to_owned(), "@ben".to_owned()],
        text: text.to_owned(),
    }
}

fn corpus() -> Vec<Document> {
    let old = Document {
        status: Some("superseded".into()),
        ..document("old.md", "Cache in memory", "We cache sessions in memory.")
    };
    let guide = Document {
        kind: "guideline".into(),
        status: None,
        tags: vec![],
        ..document("guide.md", "Naming keys", "How a cached value is named. The time to live is short.")
    };
    vec![document("redis.md", "Cache in Redis", "We cache sessions in Redis with append_event."), old, guide]
}

fn paths(index: &Index, text: &str) -> Vec<String> {
    let request =
        Request { text: text.to_owned(), filters: Filters::default(), limit: 10, last_word: LastWord::Complete };
    index.search(&request).unwrap().results.into_iter().map(|hit| hit.path).collect()
}

#[test]
fn queries_find_what_they_ask_for() {
    let index = Index::in_memory("en");
    index.sync(&corpus()).unwrap();
    for (query, expected) in [
        ("cache", vec!["redis.md", "old.md", "guide.md"]),
        ("caching", vec!["redis.md", "old.md", "guide.md"]),
        ("cache redis", vec!["redis.md"]),
        ("cache -redis", vec!["old.md", "guide.md"]),
        ("\"time to live\"", vec!["guide.md"]),
        ("\"live to time\"", vec![]),
        ("nam*", vec!["guide.md"]),
        ("sesions", vec!["redis.md", "old.md"]),
        ("cache kind:guideline", vec!["guide.md"]),
        ("status:superseded", vec!["old.md"]),
        ("tag:security memory", vec!["old.md"]),
        ("append_event", vec!["redis.md"]),
        ("cache zzzzqq", vec!["redis.md", "old.md", "guide.md"]),
        ("", vec![]),
        ("!!! ???", vec![]),
        ("-status:accepted", vec![]),
    ] {
        assert_eq!(paths(&index, query), expected, "{query}");
    }
}

#[test]
fn the_index_follows_the_documents() {
    let index = Index::in_memory("en");
    assert_eq!(index.sync(&corpus()).unwrap(), Synced { added: 3, removed: 0 });
    assert_eq!(index.sync(&corpus()).unwrap(), Synced::default());
    let mut changed = corpus();
    changed[0].text = "Now memcached.".to_owned();
    changed.pop();
    assert_eq!(index.sync(&changed).unwrap(), Synced { added: 1, removed: 2 });
    assert_eq!(paths(&index, "memcached"), ["redis.md"]);
    assert_eq!(paths(&index, "append_event"), [""; 0]);
}

#[test]
fn markup_in_a_text_stays_text() {
    let index = Index::in_memory("en");
    index.sync(&[document("x.md", "X", "<img src=x onerror=alert(1)> payload")]).unwrap();
    let request =
        Request { text: "payload".into(), filters: Filters::default(), limit: 1, last_word: LastWord::Typing };
    let hit = &index.search(&request).unwrap().results[0];
    assert_eq!(hit.excerpt[0].text, "<img src=x onerror=alert(1)> ");
}

#[test]
fn records_are_found_by_people_and_scope() {
    let index = Index::in_memory("en");
    index.sync(&[document("a.md", "Cache", "Redis")]).unwrap();
    for query in [
        "by:maria",
        "by:cortés",
        "by:mcortes",
        "by:@mcortes",
        "by:ben",
        "scope:teams",
        "scope:teams/payments",
        "cache by:Maria",
    ] {
        assert_eq!(paths(&index, query), ["a.md"], "{query}");
    }
    for query in ["by:mar", "by:anna", "scope:pay", "scope:teams/pay", "-by:maria cache"] {
        assert_eq!(paths(&index, query), Vec::<String>::new(), "{query}");
    }
}
