//! Only a decision in force takes another out of force.

use super::shown;
use crate::memory::{built, files};

fn book(first: &str, second: &str) -> String {
    format!(
        "-- adr/0001-a.md --\n# 1. A\n\n## Status\n\n{first}\n-- adr/0002-b.md --\n# 2. B\n\n## Status\n\n{second}\n"
    )
}

#[test]
fn a_state_follows_from_the_successors() {
    for (first, second, expected) in [
        ("Accepted", "Accepted\n\nSupersedes [A](0001-a.md)", ["superseded", "accepted"]),
        ("Accepted", "Proposed\n\nSupersedes [A](0001-a.md)", ["accepted", "proposed"]),
        ("Accepted", "Rejected\n\nSupersedes [A](0001-a.md)", ["accepted", "rejected"]),
        ("Accepted", "Deprecated\n\nSupersedes [A](0001-a.md)", ["superseded", "deprecated"]),
        ("Superseded by [B](0002-b.md)", "Proposed", ["superseded", "proposed"]),
        ("Rejected", "Accepted\n\nSupersedes [A](0001-a.md)", ["rejected", "accepted"]),
    ] {
        let states: Vec<String> = shown(&files(&book(first, second)))
            .lines()
            .map(|line| line.split(' ').nth(1).unwrap().to_owned())
            .collect();
        assert_eq!(states, expected, "{first}, {second}");
    }
    let rows = super::decisions(&files(&book("Accepted", "Proposed\n\nSupersedes [A](0001-a.md)")));
    assert_eq!(rows[0].would_be_superseded_by, ["0002-b"]);
    assert!(rows[0].superseded_by.is_empty());
}

#[test]
fn lives_that_cannot_be_true_are_findings() {
    let codes = |book: &str| {
        let build = built(&files(book));
        build.findings.iter().map(|finding| finding.code.name().to_owned()).collect::<Vec<_>>()
    };
    let circle = book("Accepted\n\nSupersedes [B](0002-b.md)", "Accepted\n\nSupersedes [A](0001-a.md)");
    assert!(codes(&circle).contains(&"circular-succession".to_owned()), "{:?}", codes(&circle));
    assert!(shown(&files(&circle)).lines().all(|line| line.contains(" accepted ")), "{}", shown(&files(&circle)));
    let rejected = book("Superseded by [B](0002-b.md)", "Rejected");
    assert_eq!(codes(&rejected), ["rejected-successor"]);
    let two = book("Accepted", "Accepted\n\nSupersedes [A](0001-a.md)")
        + "-- adr/0003-c.md --\n# 3. C\n\n## Status\n\nAccepted\n\nSupersedes [A](0001-a.md)\n";
    assert!(codes(&two).contains(&"two-successors".to_owned()), "{:?}", codes(&two));
    let unfilled = "-- adr/0001-a.md --\n---\nstatus: accepted\n---\n# A\n\n## Decision Outcome\n\nChosen option: \"{title of option 1}\", because {justification}.\n";
    assert_eq!(codes(unfilled), ["unfilled-decision"]);
    assert_eq!(codes(&unfilled.replace("accepted", "proposed")), [""; 0]);
}
