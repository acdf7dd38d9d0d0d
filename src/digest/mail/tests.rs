use super::*;
use crate::digest::{Item, Part};

fn digest(text: &str) -> Digest {
    let item = Item {
        title: format!("ADR-12 {text}"),
        link: Some("https://kb.example/decisions/0012.html".to_owned()),
        path: "decisions/0012.md".to_owned(),
        lines: vec![text.to_owned()],
        by: "Jörg Müller, 2025-06-12".to_owned(),
    };
    Digest {
        title: format!("Handbook {text}"),
        period: "2025-06-09 – 2025-06-12".to_owned(),
        link: Some("https://kb.example/changes.html".to_owned()),
        parts: vec![Part { heading: "In force now".to_owned(), items: vec![item] }],
        small: None,
    }
}

fn envelope(subject: Option<&str>) -> Envelope {
    let address = |text| Address::parse(text).unwrap();
    Envelope {
        from: address("Précédent <kb@example.org>"),
        to: vec![address("team@example.org"), address("\"Lee, Ann\" <ann@example.org>")],
        subject: subject.map(str::to_owned),
        date: Moment(1_749_740_400),
    }
}

fn written(digest: &Digest, subject: Option<&str>) -> String {
    let mail = String::from_utf8(mail(digest, &envelope(subject), "en")).unwrap();
    for line in mail.split("\r\n") {
        assert!(line.len() <= 998 && !line.contains(['\r', '\n']), "{line:?}");
    }
    mail
}

/// The fields of the head, each on one line.
fn head(mail: &str) -> Vec<(String, String)> {
    let (head, _) = mail.split_once("\r\n\r\n").unwrap();
    let whole = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let field = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
    whole.split("\r\n").map(|line| field(line).unwrap_or_else(|| panic!("no field: {line}"))).collect()
}

/// The parts with their types, as they were before they were encoded.
fn parts(mail: &str) -> Vec<(String, String)> {
    let kind = head(mail).into_iter().find(|(name, _)| name == "Content-Type").unwrap().1;
    let boundary = kind.split_once("boundary=\"").unwrap().1.split('"').next().unwrap();
    let between = format!("\r\n--{boundary}");
    let pieces = mail.split(&between).skip(1).take_while(|piece| !piece.starts_with("--"));
    let part = |piece: &str| {
        let (head, body) = piece.trim_start().split_once("\r\n\r\n").unwrap();
        let kind = head.split_once("Content-Type: ").unwrap().1.split(';').next().unwrap().to_owned();
        (kind, decoded(head, body))
    };
    pieces.map(part).collect()
}

fn decoded(head: &str, body: &str) -> String {
    let bytes = if head.contains("base64") {
        use base64::Engine;
        let text: String = body.split_whitespace().collect();
        base64::engine::general_purpose::STANDARD.decode(text).unwrap()
    } else if head.contains("quoted-printable") {
        let body = body.replace("=\r\n", "");
        let mut out = Vec::new();
        let mut bytes = body.bytes();
        while let Some(byte) = bytes.next() {
            if byte == b'=' {
                let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
                out.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
            } else {
                out.push(byte);
            }
        }
        out
    } else {
        body.as_bytes().to_vec()
    };
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_mail_has_both_forms_and_says_that_a_program_wrote_it() {
    let mail = written(&digest("Über Kafka 🦀"), None);
    let head = head(&mail);
    let field = |name: &str| {
        let found: Vec<&str> = head.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect();
        assert_eq!(found.len(), 1, "{name}: {head:?}");
        found[0].to_owned()
    };
    assert_eq!(field("Date"), "Thu, 12 Jun 2025 15:00:00 +0000");
    assert_eq!(field("Auto-Submitted"), "auto-generated");
    assert_eq!(field("Precedence"), "bulk");
    assert_eq!(field("List-Id"), "<changes.precedent.example.org>");
    assert_eq!(field("MIME-Version"), "1.0");
    assert!(field("From").ends_with("<kb@example.org>") && field("From").starts_with("=?utf-8?"), "{head:?}");
    assert!(field("To").contains("<team@example.org>") && field("To").contains("\"Lee, Ann\" <ann@example.org>"));
    assert!(field("Message-ID").ends_with(".precedent@example.org>"));
    assert!(field("Subject").starts_with("=?utf-8?"), "{head:?}");
    let parts = parts(&mail);
    assert_eq!(parts.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["text/plain", "text/html"]);
    for text in ["Über Kafka 🦀", "In force now", "Jörg Müller", "https://kb.example/decisions/0012.html"] {
        assert!(parts.iter().all(|(_, content)| content.contains(text)), "no {text} in {parts:?}");
    }
}

#[test]
fn the_same_digest_is_the_same_mail() {
    let once = written(&digest("x"), None);
    assert_eq!(once, written(&digest("x"), None));
    let identity = |mail: &str| head(mail).into_iter().find(|(name, _)| name == "Message-ID").unwrap().1;
    assert_ne!(identity(&once), identity(&written(&digest("y"), None)));
}

#[test]
fn no_text_becomes_a_field_or_a_part() {
    let hostile =
        "x\r\nBcc: all@evil.example\r\n\r\n--=_0\r\nContent-Type: text/html\r\n\r\n<script>\n.\r\n\u{202e}y\0";
    let mail = written(&digest(&hostile.repeat(30)), Some(hostile));
    let names: Vec<String> = head(&mail).into_iter().map(|(name, _)| name).collect();
    assert!(!names.iter().any(|name| name.eq_ignore_ascii_case("bcc")), "{names:?}");
    assert!(!mail.contains("\r\n.\r\n"), "that would end it");
    let parts = parts(&mail);
    assert_eq!(parts.len(), 2);
    assert!(!parts[1].1.contains("<script>") && parts.iter().all(|(_, content)| !content.contains('\u{202e}')));
}

#[test]
fn only_addresses_that_every_server_takes_are_read() {
    for text in ["ann@example.org", "Ann Lee <ann@example.org>", " \"Lee, Ann\" <a.b+c@mail.example.org> ", "安 <a@b>"]
    {
        assert!(Address::parse(text).is_some(), "{text}");
    }
    let wrong =
        ["", "ann", "@example.org", "ann@", "a@b@c", "a b@c.d", "a@b.c\r\nBcc: d@e.f", "a@b.c, d@e.f", "<a@b.c"];
    let more = ["x\r\nBcc: d@e.f <a@b.c>", "a@b.c>", "a@[127.0.0.1]", "ä@b.c", "a..b@c", "a@-_.c", "-oQ/tmp@b c"];
    for text in wrong.into_iter().chain(more) {
        assert_eq!(Address::parse(text), None, "{text}");
    }
}
