use std::sync::Arc;

use super::*;
use crate::data::Table;
use crate::data::parse_yaml;
use crate::path::BookPath;

/// Reads a record and shows what a person would want to know of it.
fn shown(name: &str, text: &str) -> String {
    let (front, start) = match text.strip_prefix("---\n").and_then(|rest| rest.split_once("---\n")) {
        Some((front, _)) => (parse_yaml(front).unwrap(), front.len() + 8),
        None => (Table::default(), 0),
    };
    let path = BookPath::new(name).unwrap();
    let record = read(&Input {
        path: &path,
        front_matter: &front,
        text,
        start,
        metadata: None,
        dialect: None,
        shape: &Arc::new(Shape::of_path(&path)),
    });
    let status =
        record.status.map_or("-".to_owned(), |status| format!("{}({})", status.value.state.name(), status.value.text));
    let day = |date: Option<Stated<WrittenDate>>| {
        date.map_or("-".to_owned(), |date| date.value.resolve(DateOrder::DayFirst).to_string())
    };
    let people: Vec<String> = record.deciders.into_iter().map(|name| name.value).collect();
    let relations: Vec<String> = record
        .relations
        .iter()
        .map(|stated| {
            let Relation { verb, direction, label, target } = &stated.value;
            let verb = if *direction == Direction::Forward { verb.name() } else { verb.reverse_name() };
            let label = label.as_ref().map_or(String::new(), |label| format!(" ({label})"));
            match target {
                Reference::Link(link) => format!("{verb}{label} <{link}>"),
                Reference::Name(name) | Reference::Title(name) => format!("{verb}{label} {name}"),
            }
        })
        .collect();
    format!(
        "{} {} {status} {} [{}] {}",
        record.dialect.name(),
        record.title.unwrap().value,
        day(record.decided),
        people.join(","),
        relations.join("; ")
    )
}

#[track_caller]
fn check(name: &str, text: &str, expected: &str) {
    assert_eq!(shown(name, text), expected, "{text}");
}

#[test]
fn adr_tools() {
    check(
        "0001-x.md",
        "# 1. Use X\n\nDate: 2018-02-05\n\n## Status\n\nAccepted\n\nSupercedes [1. Y](0000-y.md)\n\nAmended by [3. Z](0003-z.md)\n\nClarifies [4. A](0004-a.md)\n\n## Context\n",
        "nygard Use X accepted(Accepted) 2018-02-05 [] supersedes <0000-y.md>; amended by <0003-z.md>; relates to (Clarifies) <0004-a.md>",
    );
    check(
        "0001-x.md",
        "# X\n\n## Status\n\nSuperceded by [3. Z](0003-z.md)\n",
        "nygard X superseded(Superceded by 3. Z) - [] superseded by <0003-z.md>",
    );
    check(
        "0001-x.md",
        "# X\n\n## Status\n\nAccepted\n\nSuperseded by [Y](y.md)\n",
        "nygard X superseded(Superseded by Y) - [] superseded by <y.md>",
    );
    check(
        "0001-x.md",
        "# X\n\n## Status\n\nPartly superseded by [Y](y.md)\n",
        "nygard X accepted(Partly superseded by Y) - [] amended by (superseded by) <y.md>",
    );
    check(
        "022-EKS.md",
        "# 022 EKS\r\n\r\nDate 09/04/2018 \r\n\r\n## Status\r\n \r\n⌛️ Superseded by [036. C](036-c.md)\r\n",
        "nygard EKS superseded(⌛️ Superseded by 036. C) 2018-04-09 [] superseded by <036-c.md>",
    );
}

#[test]
fn bullets() {
    check(
        "0001-x.md",
        "# X\n\n* Status: accepted <!-- optional -->\n* Deciders: Ann, Bob\n* Date: 2020-01-02\n\n## Context\n\n## Links\n\n* Refined by [ADR-0005](0005-e.md)\n* [MADR](https://adr.github.io)\n",
        "madr2 X accepted(accepted) 2020-01-02 [Ann,Bob] related to by (Refined by) <0005-e.md>",
    );
    check(
        "077-x.md",
        "# X\n* status: **superseded by [MADR-077](./077-y.md)**\n",
        "madr2 X superseded(superseded by MADR-077) - [] superseded by <./077-y.md>",
    );
    check(
        "2023-06-26-x.md",
        "# X\n\n* **Status:** Active\n* **Deciders:** @a @b\n",
        "bold-bullets X accepted(Active) 2023-06-26 [@a,@b] ",
    );
    check(
        "20200102-x.md",
        "# X\n\n- Status: superseded by [y](20200103-y.md)\n- Deciders:\n  - Ann\n  - Bob\n",
        "log4brains X superseded(superseded by y) 2020-01-02 [Ann,Bob] superseded by <20200103-y.md>",
    );
    check(
        "0077-x.md",
        "# X\n\n* Status: accepted\n\nSupersedes: https://github.com/k/k/blob/m/docs/036-i.md\n",
        "madr2 X accepted(accepted) - [] supersedes <https://github.com/k/k/blob/m/docs/036-i.md>",
    );
}

#[test]
fn front_matter() {
    check(
        "0001-x.md",
        "---\nstatus: { accepted }\ndate: 2023-11-21\ndeciders: shawncal,johnoliver\n---\n# X\n",
        "madr3 X accepted(accepted) 2023-11-21 [shawncal,johnoliver] ",
    );
    check(
        "0001-x.md",
        "---\nstatus: \"superseded by ADR-0123\"\ndecision-makers: [Ann, Bob]\n---\n# X\n",
        "madr4 X superseded(superseded by ADR-0123) - [Ann,Bob] superseded by ADR-0123",
    );
    check(
        "eip-7.md",
        "---\neip: 7\ntitle: DELEGATECALL\nstatus: Final\ntype: Standards Track\ncategory: Core\nauthor: Vitalik (@vbuterin), A B <a@b.c>\ncreated: 2015-11-15\nrequires: 145, 609\n---\n\n## Abstract\n",
        "eip DELEGATECALL accepted(Final) - [] requires 145; requires 609",
    );
    check(
        "0002-x.md",
        "---\nschemaVersion: 0.1.0\nid: \"0002\"\ntitle: T\nstatus: accepted\ndate: 2026-07-18\ndeciders: [\"@m\"]\nrelatesTo: [\"0001\", \"0004\"]\n---\n# T\n",
        "adrkit T accepted(accepted) 2026-07-18 [@m] relates to 0001; relates to 0004",
    );
    check(
        "0002-x.md",
        "---\nnumber: 2\ntitle: T\nstatus: superseded\nlinks:\n  - target: 3\n    kind: supersededby\n---\n",
        "adrs-ng T superseded(superseded) - [] superseded by 3",
    );
}

#[test]
fn other_forms() {
    check(
        "text/0520-new-array.md",
        "- Feature Name: `array_repeat`\n- Start Date: 2014-12-11\n- RFC PR: [520](https://x/520)\n\n*Note:* this RFC has been superseded by [RFC 1974][].\n\n# Summary\n\nx\n\n[RFC 1974]: 1974-y.md\n",
        "rust-rfc array_repeat superseded(superseded by RFC 1974) - [] superseded by <1974-y.md>",
    );
    check(
        "adr-005-x.md",
        "# ADR 005: UpdateClient Events\n\n## Changelog\n\n- 25/04/2022: initial draft\n\n## Status\n\nAccepted and applied in v7.1\n",
        "cosmos UpdateClient Events accepted(Accepted and applied in v7.1) - [] ",
    );
    check(
        "x/2022-02-07-tracing/README.md",
        "# Tracing\n\n## Decision\n\nUse it.\n",
        "date-named Tracing - 2022-02-07 [] ",
    );
    check(
        "0003-x.md",
        "# X\n\n| Status | Accepted |\n|---|---|\n| Deciders | Ann |\n",
        "fields X accepted(Accepted) - [Ann] ",
    );
    check(
        "0003-x.md",
        "# X\n\n| Status | Date | Deciders |\n|---|---|---|\n| accepted | 2020-01-02 | Ann |\n",
        "fields X accepted(accepted) 2020-01-02 [Ann] ",
    );
    check(
        "0003-x.md",
        "# X\n\n**Status**: Accepted | **Date**: 2020-01-02\n\n## Decision\n",
        "fields X accepted(Accepted) 2020-01-02 [] ",
    );
    check(
        "0003-x.md",
        "# X\n\n## Status: Accepted\n\n## Date\n\n2020-01-02\n",
        "plain X accepted(Accepted) 2020-01-02 [] ",
    );
    check("x.md", "# X\n\nIn the context of a, facing b, we decided for c and neglected d.\n", "y-statement X - - [] ");
}

#[test]
fn nothing_is_invented() {
    check("0001-x.md", "# X\n\nText.\n", "plain X - - [] ");
    check("0001-use-x.md", "", "plain Use x - - [] ");
    check("0001-x.md", "# X\n\n```\nstatus: accepted\n\n## Status\n\nAccepted\n```\n", "plain X - - [] ");
    check("0001-x.md", "# X\n\n<!--\n* Status: accepted\n-->\n", "plain X - - [] ");
    check(
        "0001-x.md",
        "* Status: [proposed | rejected | accepted] <!-- optional -->\n* Date: YYYY-MM-DD\n* Deciders: [list everyone involved in the decision]\n",
        "madr2 X - - [] ",
    );
    check("0001-x.md", "# X\n\n## Status\n\nWibble\n", "nygard X unknown(Wibble) - [] ");
    check("0001-x.md", "# X\n\nThe status: it is complicated. Related: nothing.\n", "plain X - - [] ");
}

#[test]
fn every_value_knows_its_place() {
    let text = "# 1. X\n\nDate: 2018-02-05\n\n## Status\n\nAccepted\n";
    let path = BookPath::new("0001-x.md").unwrap();
    let record = read(&Input {
        path: &path,
        front_matter: &Table::default(),
        text,
        start: 0,
        metadata: None,
        dialect: None,
        shape: &Arc::new(Shape::of_path(&path)),
    });
    let part = |origin: &Origin| origin.span.map(|span| &text[span.start..span.end]);
    assert_eq!(part(&record.status.unwrap().origin), Some("Accepted"));
    assert_eq!(part(&record.decided.unwrap().origin), Some("Date: 2018-02-05"));
    assert_eq!(part(&record.title.unwrap().origin), Some("# 1. X"));
    assert_eq!(record.number.unwrap().origin, Origin::of_name(Place::FileName));
}
