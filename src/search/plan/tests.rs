use crate::search::{Contents, Document, Index, LastWord, Request, Results};

/// A book of pages with a text each; the title is the path.
fn book(language: &str, pages: &[(&str, &str)]) -> Index {
    with_synonyms(language, pages, &[])
}

fn with_synonyms(language: &str, pages: &[(&str, &str)], synonyms: &[&[&str]]) -> Index {
    let document = |(path, text): &(&str, &str)| Document {
        url: format!("{path}.html"),
        path: (*path).to_owned(),
        line: 1,
        title: (*path).to_owned(),
        kind: "page".to_owned(),
        boost: 100,
        text: (*text).to_owned(),
        ..Document::default()
    };
    let names = |names: &&[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let contents = Contents {
        synonyms: synonyms.iter().map(names).collect(),
        ..pages.iter().map(document).collect::<Vec<_>>().into()
    };
    let index = Index::in_memory(language);
    index.sync(&contents).unwrap();
    index
}

fn ask(index: &Index, query: &str) -> Results {
    let last_word = LastWord::Complete;
    index.search(&Request { text: query.to_owned(), filters: Default::default(), limit: 10, last_word }).unwrap()
}

fn paths(index: &Index, query: &str) -> Vec<String> {
    ask(index, query).results.into_iter().map(|hit| hit.path).collect()
}

#[test]
fn stop_words_count_little_beside_others() {
    let index = book(
        "en",
        &[
            ("how", "How do we do what we do? We do it how we do it, where we can."),
            ("release", "A release is rolled back by its tag."),
            ("who", "Who we are."),
        ],
    );
    assert_eq!(paths(&index, "how do we roll back a release")[0], "release");
    assert_eq!(paths(&index, "how do we")[0], "how", "alone they are what was asked for");
    let marked: Vec<String> = ask(&index, "where is a release").results[0]
        .excerpt
        .iter()
        .filter(|part| part.marked)
        .map(|part| part.text.clone())
        .collect();
    assert_eq!(marked, ["release"]);
}

#[test]
fn a_word_that_nothing_has_is_said() {
    let index = book("en", &[("cache", "The cache of a service."), ("how", "How to do it.")]);
    let answer = ask(&index, "how is the cache xyzzy42 filled");
    assert_eq!((answer.unknown, answer.results[0].path.as_str()), (vec!["xyzzy42".into(), "filled".into()], "cache"));
    let answer = ask(&index, "how do I xyzzy42");
    assert_eq!((answer.unknown, answer.results.len()), (vec!["xyzzy42".to_owned()], 0));
    let answer = ask(&index, "servise");
    assert_eq!((answer.unknown, answer.corrected), (Vec::new(), vec![("servise".to_owned(), "service".to_owned())]));
}

#[test]
fn words_are_found_however_they_are_joined() {
    let index = book(
        "en",
        &[
            ("hyphen", "The hand-over is written; don't call."),
            ("closed", "The timezone of a setup."),
            ("spaced", "In real time, by CI/CD, after RFC 9457."),
            ("number", "At most 1,500 sessions."),
            (
                "long",
                "It is thisIsTheVeryLongNameOfAnIdentifierInTheCode and the_other_name_that_has_more_than_forty_letters.",
            ),
        ],
    );
    for (query, path) in [
        ("handover", "hyphen"),
        ("hand over", "hyphen"),
        ("dont", "hyphen"),
        ("time-zone", "closed"),
        ("time zone", "closed"),
        ("set-up", "closed"),
        ("realtime", "spaced"),
        ("real-time", "spaced"),
        ("cicd", "spaced"),
        ("rfc9457", "spaced"),
        ("1500", "number"),
        ("1,500", "number"),
        ("identifier", "long"),
        ("forty", "long"),
        ("thisIsTheVeryLongNameOfAnIdentifierInTheCode", "long"),
    ] {
        assert_eq!(paths(&index, query).first().map(String::as_str), Some(path), "{query}");
    }
}

#[test]
fn letters_are_found_however_they_are_typed() {
    let index =
        book("de", &[("a", "Die Größe der Prüfung in der Straße."), ("b", "Neue Haeuser."), ("c", "Łódź, smørrebrød")]);
    for (query, path) in [
        ("groesse", "a"),
        ("grösse", "a"),
        ("grosse", "a"),
        ("pruefung", "a"),
        ("Strasse", "a"),
        ("häuser", "b"),
        ("lodz", "c"),
        ("smorrebrod", "c"),
    ] {
        assert_eq!(paths(&index, query), [path], "{query}");
    }
}

#[test]
fn a_joined_word_is_found_by_its_end() {
    let pages = [("a", "Die Qualitätsprüfung."), ("b", "Eine Datenbank."), ("c", "Die Prüfung der Qualität.")];
    let german = book("de", &pages);
    assert_eq!(paths(&german, "Prüfung"), ["c", "a"]);
    assert_eq!(paths(&german, "Bank"), ["b"]);
    assert_eq!(paths(&german, "Qualitätsprüfungen")[0], "a");
    let alone = book("de", &pages[1..]);
    assert_eq!(paths(&alone, "Qualitätsprüfung"), ["c"]);
    assert_eq!(paths(&book("en", &pages), "Bank"), [""; 0]);
}

#[test]
fn synonyms_are_searched_for_together() {
    let pages =
        [("k8s", "It runs on Kubernetes."), ("pr", "Open a pull request."), ("request", "A request. We pull it.")];
    let index = with_synonyms("en", &pages[..], &[&["kubes", "Kubernetes"], &["PR", "pull request"]]);
    let answer = ask(&index, "kubes");
    assert_eq!(answer.results[0].path, "k8s");
    assert_eq!((answer.synonyms, answer.unknown), (vec![("kubes".into(), "Kubernetes".into())], Vec::new()));
    assert_eq!(paths(&index, "how big is a PR"), ["pr", "request"]);
    assert!(ask(&index, "request").synonyms.is_empty());
    // Another list of synonyms is another index, though no page has changed.
    let documents =
        vec![Document { path: "a".into(), title: "a".into(), boost: 100, text: "alpha".into(), ..Document::default() }];
    let index = Index::in_memory("en");
    index.sync(&documents.clone().into()).unwrap();
    assert_eq!(paths(&index, "omega"), [""; 0]);
    index.sync(&Contents { synonyms: vec![vec!["omega".into(), "alpha".into()]], ..documents.into() }).unwrap();
    assert_eq!(paths(&index, "omega"), ["a"]);
}
