use super::*;
use crate::search::Document;
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
        successors: Vec::new(),
        people: vec!["Maria Cortés (@mcortes)".to_owned(), "@ben".to_owned()],
        boost: 100,
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

fn hits(index: &Index, text: &str) -> Vec<Hit> {
    let request =
        Request { text: text.to_owned(), filters: Filters::default(), limit: 10, last_word: LastWord::Complete };
    index.search(&request).unwrap().results
}

fn paths(index: &Index, text: &str) -> Vec<String> {
    hits(index, text).into_iter().map(|hit| hit.path).collect()
}

#[test]
fn queries_find_what_they_ask_for() {
    let index = Index::in_memory("en");
    index.sync(&corpus().into()).unwrap();
    for (query, expected) in [
        ("cache", vec!["redis.md", "old.md", "guide.md"]),
        ("caching", vec!["redis.md", "old.md", "guide.md"]),
        ("cache redis", vec!["redis.md", "old.md", "guide.md"]),
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
        ("zzzzqq", vec![]),
        ("cach", vec!["redis.md", "old.md", "guide.md"]),
        ("redi", vec!["redis.md"]),
        ("append", vec!["redis.md"]),
        ("append_events", vec!["redis.md"]),
        ("nowhere:word cache", vec!["redis.md", "old.md", "guide.md"]),
        ("\"sessions in redis\"", vec!["redis.md"]),
        ("\"memory we cache\"", vec![]),
        ("cache -\"in redis\"", vec!["old.md", "guide.md"]),
        ("cache -me*", vec!["redis.md", "guide.md"]),
    ] {
        assert_eq!(paths(&index, query), expected, "{query}");
    }
}

#[test]
fn the_index_follows_the_documents() {
    let index = Index::in_memory("en");
    assert_eq!(index.sync(&corpus().into()).unwrap(), Synced { added: 3, removed: 0 });
    assert_eq!(index.sync(&corpus().into()).unwrap(), Synced::default());
    let mut changed = corpus();
    changed[0].text = "Now memcached.".to_owned();
    changed.pop();
    assert_eq!(index.sync(&changed.into()).unwrap(), Synced { added: 1, removed: 2 });
    assert_eq!(paths(&index, "memcached"), ["redis.md"]);
    assert_eq!(paths(&index, "append_event"), [""; 0]);
}

fn dated(path: &str, date: Option<&str>) -> Document {
    Document { date: date.map(str::to_owned), ..document(path, "Cache", "") }
}

#[test]
fn days_bound_what_is_found() {
    let index = Index::in_memory("en");
    let days = [dated("a.md", Some("2024-12-31")), dated("b.md", Some("2025-01-01")), dated("c.md", None)];
    index.sync(&days.to_vec().into()).unwrap();
    for (query, expected) in [
        ("after:2025", vec!["b.md"]),
        ("after:2025-01-01", vec!["b.md"]),
        ("before:2025-01 cache", vec!["a.md"]),
        ("-after:2025", vec!["a.md"]),
        ("after:2024 before:2026", vec!["a.md", "b.md"]),
        ("after:2026", vec![]),
        ("after:cache", vec!["a.md", "b.md", "c.md"]),
    ] {
        assert_eq!(paths(&index, query), expected, "{query}");
    }
}

#[test]
fn the_name_of_a_record_jumps_to_it() {
    let index = Index::in_memory("en");
    let record = |id: &str, text: &str| Document { id: Some(id.to_owned()), ..document(&format!("{id}.md"), id, text) };
    let others = "See ADR-12, ADR-12 and ADR 12, packages/web/12 or 0012: 12 12 12.";
    let web = record("packages/web/0012-colours", "Blue.");
    index.sync(&vec![web, record("0012-use-redis", "Fast."), record("0013-twelve", others)].into()).unwrap();
    let first = |query: &str, count: usize| paths(&index, query)[..count].to_vec();
    for query in ["12", "0012", "ADR-12", "adr 12"] {
        let mut both = first(query, 2);
        both.sort();
        assert_eq!(both, ["0012-use-redis.md", "packages/web/0012-colours.md"], "{query}");
    }
    for query in ["packages/web/12", "packages/web/0012", "packages/web/ADR-12", "packages/web/0012-colours"] {
        assert_eq!(first(query, 1), ["packages/web/0012-colours.md"], "{query}");
    }
    assert_eq!(first("0012-use-redis", 1), ["0012-use-redis.md"]);
}

#[test]
fn a_base_form_that_no_page_has_is_known() {
    let index = Index::in_memory("en");
    let page = |name: &str, text: &str| document(name, name, text);
    let pages = [
        page("pods.md", "Pods are small."),
        page("post.md", "Post a letter."),
        page("watch.md", "Monitoring rejects bad input."),
    ];
    index.sync(&pages.to_vec().into()).unwrap();
    for (query, expected) in [("pod", "pods.md"), ("monitor", "watch.md"), ("reject", "watch.md")] {
        assert_eq!(paths(&index, query), [expected], "{query}");
    }
    let index = Index::in_memory("de");
    index.sync(&vec![page("haus.md", "Die Häuser stehen."), page("maus.md", "Eine Maus.")].into()).unwrap();
    assert_eq!(paths(&index, "Haus"), ["haus.md"]);
}

#[test]
fn a_version_a_price_and_a_time_name_no_record() {
    let index = Index::in_memory("en");
    let record =
        |id: &str| Document { id: Some(id.to_owned()), ..document(&format!("{id}.md"), id, "Something else.") };
    let page = document("versions.md", "Versions", "We run Python 3.12 and Redis 1.2.3 since 10:36, for 9.50 a day.");
    index.sync(&vec![record("0001-a"), record("0003-b"), record("0009-c"), record("0010-d"), page].into()).unwrap();
    for query in ["3.12", "1.2.3", "9.50", "10:36", "python 3.12"] {
        assert_eq!(paths(&index, query), ["versions.md"], "{query}");
    }
}

#[test]
fn a_result_is_the_best_section_of_its_page() {
    let index = Index::in_memory("en");
    let section = |heading: &str, line, text: &str| Document {
        heading: heading.to_owned(),
        line,
        ..document("a.md", "Limits", text)
    };
    let sections = [
        section("", 1, "About the queue."),
        section("Retry budget", 5, "The budget of a queue is small."),
        section("History", 9, "Somebody said retry, and far below it also budget."),
    ];
    index.sync(&sections.to_vec().into()).unwrap();
    let lines = |query: &str| -> Vec<usize> { hits(&index, query).into_iter().map(|hit| hit.line).collect() };
    assert_eq!((lines("retry budget"), lines("said"), lines("limits")), (vec![5], vec![9], vec![1]));
    assert_eq!((lines("\"below it also\""), lines("\"queue retry\"")), (vec![9], vec![]));
}

#[test]
fn near_words_and_whole_answers_come_first() {
    let index = Index::in_memory("en");
    let far = format!("We retry. {} The budget.", "Nothing of this matters. ".repeat(5));
    let near = format!("{} The retry budget.", "Nothing of this matters. ".repeat(5));
    let twice = "retry retry retry ".repeat(9);
    index
        .sync(&vec![document("a.md", "A", &far), document("b.md", "B", &near), document("c.md", "C", &twice)].into())
        .unwrap();
    assert_eq!(paths(&index, "retry budget"), ["b.md", "a.md", "c.md"]);
}

#[test]
fn a_whole_title_is_not_put_back_unless_another_has_superseded_it() {
    let found = |status: &str| {
        let index = Index::in_memory("en");
        let old = Document { status: Some(status.to_owned()), ..document("old.md", "Use Kafka", "We use Kafka.") };
        let new = document("new.md", "Use Kafka for events", "We use Kafka: use Kafka.");
        index.sync(&vec![old, new].into()).unwrap();
        (paths(&index, "use kafka"), paths(&index, "kafka"))
    };
    let (first, last) =
        (["old.md", "new.md"].map(str::to_owned).to_vec(), ["new.md", "old.md"].map(str::to_owned).to_vec());
    assert_eq!(found("rejected"), (first, last.clone()));
    assert_eq!(found("superseded"), (last.clone(), last));
}

#[test]
fn of_records_with_one_name_that_in_force_is_first() {
    let index = Index::in_memory("en");
    let record = |path: &str, status: &str| Document {
        id: Some(path.trim_end_matches(".md").to_owned()),
        status: Some(status.to_owned()),
        ..document(path, "Use-Postgres", "We use Postgres.")
    };
    index.sync(&vec![record("a/use-postgres.md", "rejected"), record("b/use-postgres.md", "accepted")].into()).unwrap();
    assert_eq!(paths(&index, "use-postgres"), ["b/use-postgres.md", "a/use-postgres.md"]);
}

#[test]
fn scripts_without_spaces_are_found_by_any_part() {
    let index = Index::in_memory("zh");
    index
        .sync(&vec![document("a.md", "缓存策略", "我们使用分布式缓存。"), document("b.md", "队列", "消息队列")].into())
        .unwrap();
    for (query, expected) in [("分布式", "a.md"), ("策", "a.md"), ("消息队列", "b.md"), ("队列", "b.md")] {
        assert_eq!(paths(&index, query), [expected], "{query}");
    }
    let marked: Vec<String> =
        hits(&index, "分布式缓存")[0].excerpt.iter().filter(|part| part.marked).map(|part| part.text.clone()).collect();
    assert_eq!(marked, ["分布式缓存"]);
}

#[test]
fn a_word_being_typed_stands_for_longer_ones() {
    let index = Index::in_memory("en");
    index.sync(&corpus().into()).unwrap();
    let typing = |text: &str| -> Vec<String> {
        let request =
            Request { text: text.into(), filters: Filters::default(), limit: 10, last_word: LastWord::Typing };
        index.search(&request).unwrap().results.into_iter().map(|hit| hit.path).collect()
    };
    assert_eq!(
        (typing("append_ev"), typing("nam"), typing("nam ")),
        (vec!["redis.md".to_owned()], vec!["guide.md".to_owned()], vec![])
    );
}

#[test]
fn markup_in_a_text_stays_text() {
    let index = Index::in_memory("en");
    index.sync(&vec![document("x.md", "X", "<img src=x onerror=alert(1)> payload")].into()).unwrap();
    let request =
        Request { text: "payload".into(), filters: Filters::default(), limit: 1, last_word: LastWord::Typing };
    let hit = &index.search(&request).unwrap().results[0];
    assert_eq!(hit.excerpt[0].text, "<img src=x onerror=alert(1)> ");
}

#[test]
fn records_are_found_by_people_and_scope() {
    let index = Index::in_memory("en");
    index.sync(&vec![document("a.md", "Cache", "Redis")].into()).unwrap();
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

#[test]
fn a_record_stands_behind_what_took_its_place() {
    let index = Index::in_memory("en");
    let old = |path: &str, successor: &str| Document {
        successors: vec![successor.to_owned()],
        ..document(path, "Black", "Black, black, black formats the code.")
    };
    let ruff = document("3.md", "Ruff", "Ruff formats the code, and black no longer does.");
    index
        .sync(&vec![old("1.md", "2.md"), old("2.md", "3.md"), ruff, document("4.md", "Black", "black")].into())
        .unwrap();
    assert_eq!(paths(&index, "black"), ["4.md", "3.md", "2.md", "1.md"]);
    // Two that name each other are both there.
    let index = Index::in_memory("en");
    index.sync(&vec![old("1.md", "2.md"), old("2.md", "1.md")].into()).unwrap();
    assert_eq!(paths(&index, "black"), ["2.md", "1.md"]);
}
