use super::*;
use crate::data::parse_yaml;

fn shown(name: &str, text: &str) -> String {
    let (front, body) = match text.strip_prefix("---\n").and_then(|rest| rest.split_once("---\n")) {
        Some((front, body)) => (parse_yaml(front).unwrap(), body),
        None => (Table::default(), text),
    };
    let path = BookPath::new(name).unwrap();
    let record = read(&Input { path: &path, front_matter: &front, text: body });
    let status = record.status.map_or("-".to_owned(), |status| format!("{}({})", status.state.name(), status.text));
    let date = record.date.map_or("-".to_owned(), |date| date.to_string());
    let references = |list: &[Reference]| {
        let name = |reference: &Reference| match reference {
            Reference::Link(link) => format!("<{link}>"),
            Reference::Name(name) => name.clone(),
        };
        list.iter().map(name).collect::<Vec<_>>().join(",")
    };
    format!(
        "{status} {date} [{}] >{} <{}",
        record.deciders.join(","),
        references(&record.supersedes),
        references(&record.superseded_by)
    )
}

#[test]
fn common_forms_are_read() {
    let check = |text: &str, expected: &str| assert_eq!(shown("0001-x.md", text), expected, "{text}");
    check(
        "# 1. X\n\nDate: 2018-02-05\n\n## Status\n\nAccepted\n\nSupercedes [1. Y](0000-y.md)\n\n## Context\n",
        "accepted(Accepted) 2018-02-05 [] ><0000-y.md> <",
    );
    check(
        "# X\n\n## Status\n\nSuperceded by [3. Z](0003-z.md)\n",
        "superseded(Superceded by 3. Z) - [] > <<0003-z.md>",
    );
    check(
        "# X\n\n* Status: accepted <!-- optional -->\n* Deciders: Ann, Bob\n* Date: 2020-01-02\n\n## Context\n",
        "accepted(accepted) 2020-01-02 [Ann,Bob] > <",
    );
    check("# X\n\n* **Status:** Active\n* **Deciders:** @a @b\n", "accepted(Active) - [@a,@b] > <");
    check(
        "---\nstatus: { accepted }\ndate: 2023-11-21\ndeciders: shawncal,johnoliver\n---\n# X\n",
        "accepted(accepted) 2023-11-21 [shawncal,johnoliver] > <",
    );
    check("---\nstatus: \"superseded by ADR-0123\"\n---\n# X\n", "superseded(superseded by ADR-0123) - [] > <ADR-0123");
    check("# X\n\n## Status\n\n✅ Accepted\n", "accepted(✅ Accepted) - [] > <");
    check("# X\n\n## Status\n\nPartly superseded by [Y](y.md)\n", "accepted(Partly superseded by Y) - [] > <<y.md>");
}

#[test]
fn nothing_is_invented() {
    let check = |text: &str, expected: &str| assert_eq!(shown("0001-x.md", text), expected, "{text}");
    check("# X\n\nText.\n", "- - [] > <");
    check("# X\n\n```\nstatus: accepted\n\n## Status\n\nAccepted\n```\n", "- - [] > <");
    check("* Status: [proposed | rejected | accepted] <!-- optional -->\n", "- - [] > <");
    check("# X\n\n## Status\n\nWibble\n", "unknown(Wibble) - [] > <");
}

#[test]
fn numbers_and_dates_stand_in_names() {
    for (stem, number, date) in [
        ("0012-x", Some(12), None),
        ("adr-007-x", Some(7), None),
        ("eip-1559", Some(1559), None),
        ("20240116-x", None, Date::new(2024, 1, 16)),
        ("2024-01-16-x", None, Date::new(2024, 1, 16)),
        ("notes", None, None),
        ("3d-printing", None, None),
    ] {
        assert_eq!((number_of_name(stem), date_of_name(stem)), (number, date), "{stem}");
    }
}
