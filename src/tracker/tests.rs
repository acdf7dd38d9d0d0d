use super::*;

fn trackers() -> Trackers {
    let of = |pattern: &str, address: &str| Tracker::new(pattern, address).unwrap();
    Trackers::new(vec![
        of("QS-{n}", "https://t.example/browse/QS-{n}"),
        of("#{n}", "https://git.example/q/issues/{n}"),
        of("GH-{n}", "https://git.example/q/issues/{n}"),
        of("quay/slots#{n}", "https://git.example/slots/issues/{n}"),
    ])
}

fn mentioned(text: &str) -> Vec<&str> {
    trackers().mentions(text).into_iter().map(|mention| &text[mention.range]).collect()
}

#[test]
fn what_a_pattern_names_is_a_mention() {
    for (text, expected) in [
        ("QS-1", vec!["QS-1"]),
        ("See QS-412.", vec!["QS-412"]),
        ("(QS-412), QS-7: done", vec!["QS-412", "QS-7"]),
        ("QS-411/QS-412", vec!["QS-411", "QS-412"]),
        ("QS-412-related work", vec!["QS-412"]),
        ("QS-412’s fate, and “QS-413”", vec!["QS-412", "QS-413"]),
        ("課題QS-412を見る", vec!["QS-412"]),
        ("QS-412를 보라", vec!["QS-412"]),
        ("as in #12, (#13) and GH-14", vec!["#12", "#13", "GH-14"]),
        ("quay/slots#12 and #13", vec!["quay/slots#12", "#13"]),
        ("#1234567890123456789012", vec!["#1234567890123456789012"]),
    ] {
        assert_eq!(mentioned(text), expected, "{text}");
    }
}

#[test]
fn what_only_looks_like_one_is_none() {
    for text in [
        "UTF-8 SHA-256 ISO-8601 CVE-2026-1 ADR-12 RFC-2119",
        "QS-0 QS-012 QS- QS-x QS-12x QS-12_3 qs-12",
        "AQS-12 ÉQS-12 A_QS-12 A-QS-12 x@QS-12 feature/QS-12-fix QS-12.md QS-1.5 QS-12@x",
        "t.example/browse/QS-12 ?issue=QS-12 page#QS-12 \\QS-12",
        "QS-12-3 QS-12/3",
        "a#12 &#12; ##12 /#12 -#12 \\#12 #12a #1,234 #1.5 #12:30 other/slots#12",
        "#abc #0 # 12",
    ] {
        assert_eq!(mentioned(text), [""; 0], "{text}");
    }
}

#[test]
fn a_mention_leads_to_its_issue() {
    let url = |text: &str| trackers().mentions(text).remove(0).url;
    assert_eq!(url("QS-412"), "https://t.example/browse/QS-412");
    assert_eq!(url("quay/slots#12"), "https://git.example/slots/issues/12");
    assert!(Trackers::NONE.mentions("QS-412").is_empty());
}

#[test]
fn an_issue_is_found_by_its_exact_key_and_address() {
    let trackers = trackers();
    let issue = |text: &str| trackers.issue(text);
    let found = |issue_text: &str, text: &str| trackers.mention(&issue(issue_text).unwrap(), text);
    for (key, text) in [
        ("QS-412", "see QS-412"),
        ("QS-412", "<https://t.example/browse/QS-412>"),
        ("QS-412", "https://t.example/browse/QS-412?focus=1"),
        ("https://t.example/browse/QS-412", "see QS-412"),
        ("https://t.example/browse/QS-412#comment", "see QS-412"),
        ("#12", "see GH-12"),
    ] {
        assert!(found(key, text), "{key} is in {text}");
    }
    for (key, text) in [
        ("QS-41", "see QS-412"),
        ("QS-41", "https://t.example/browse/QS-412"),
        ("QS-412", "see QS-41"),
        ("#12", "quay/slots#12"),
    ] {
        assert!(!found(key, text), "{key} is not in {text}");
    }
    for text in ["OPS-1", "QS-412 QS-413", "QS-0", "412", "", "https://t.example/browse/QS-412x", "https://t.example/"]
    {
        assert_eq!(issue(text), None, "{text}");
    }
}

#[test]
fn what_cannot_be_a_pattern_is_told() {
    let web = "https://t.example/{n}";
    for (pattern, address, fault) in [
        ("QS-", web, Fault::Pattern),
        ("QS-{n}-{n}", web, Fault::Pattern),
        ("{n}", web, Fault::Everything),
        ("-{n}", web, Fault::Everything),
        ("({n})", web, Fault::Everything),
        ("7-{n}", web, Fault::Everything),
        ("QS1{n}", web, Fault::Everything),
        ("{n}1Q", web, Fault::Everything),
        ("QS {n}", web, Fault::Blank),
        (" {n}", web, Fault::Blank),
        ("{key}-{n}", web, Fault::Placeholder),
        ("QS-{n}", "https://t.example/{key}/{n}", Fault::Placeholder),
        ("QS-{n}", "https://t.example/", Fault::NoNumber),
        ("QS-{n}", "t.example/{n}", Fault::Address),
        ("QS-{n}", "javascript:alert({n})", Fault::Address),
        ("QS-{n}", "https:///{n}", Fault::Address),
        ("QS-{n}", "https://t.example/a b/{n}", Fault::Address),
    ] {
        assert_eq!(Tracker::new(pattern, address), Err(fault), "{pattern} {address}");
    }
    for pattern in ["#{n}", "!{n}", "GH-{n}", "owner/repo#{n}", "[QS-{n}]", "課題{n}", "A1-{n}"] {
        assert!(Tracker::new(pattern, web).is_ok_and(|tracker| tracker.pattern() == pattern), "{pattern}");
    }
}

#[test]
fn many_patterns_and_numbers_take_no_long() {
    let many = (0..200).map(|at| Tracker::new(&format!("K{at}-{{n}}"), "https://t.example/{n}").unwrap());
    let trackers = Trackers::new(many.collect());
    assert_eq!(trackers.iter().count(), MOST);
    assert_eq!(trackers.mentions(&"1 ".repeat(100_000)).len(), 0);
}
