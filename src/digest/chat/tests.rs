use std::sync::LazyLock;

use super::*;
use crate::digest::{Item, Part};
use crate::theme::{BuiltIn, Theme};

const CHATS: [Chat; 5] =
    [Chat::Slack, Chat::Teams(Shape::Message), Chat::Teams(Shape::Card), Chat::Discord, Chat::Mattermost];

fn item(title: &str, lines: &[&str]) -> Item {
    Item {
        title: title.to_owned(),
        link: Some("https://kb.example/decisions/0001.html".to_owned()),
        path: "decisions/0001.md".to_owned(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        by: "Ann Lee, 2025-06-12 (1a2b3c4d)".to_owned(),
    }
}

fn digest(parts: Vec<(&str, Vec<Item>)>) -> Digest {
    let parts = parts.into_iter().map(|(heading, items)| Part { heading: heading.to_owned(), items });
    Digest {
        title: "Handbook".to_owned(),
        period: "2025-06-09 00:00 – 2025-06-12 15:00 (UTC)".to_owned(),
        link: Some("https://kb.example/changes.html".to_owned()),
        parts: parts.collect(),
        small: Some("3 pages with small edits".to_owned()),
    }
}

fn all(digest: &Digest, chat: Chat) -> Vec<serde_json::Value> {
    static WORDS: LazyLock<Words> = LazyLock::new(|| Theme::built_in(BuiltIn::default()).words("en"));
    let posts = posts(digest, chat, &WORDS);
    posts.iter().map(|post| within_limits(post, chat)).collect()
}

/// Asserts every limit that the service documents, and returns the post.
fn within_limits(post: &str, chat: Chat) -> serde_json::Value {
    let json: serde_json::Value = serde_json::from_str(post).unwrap();
    let length = |value: &serde_json::Value| value.as_str().unwrap().encode_utf16().count();
    match chat {
        Chat::Slack => {
            let blocks = json["blocks"].as_array().unwrap();
            assert!(blocks.len() <= 50 && length(&json["text"]) <= 3000);
            assert!(length(&blocks[0]["text"]["text"]) <= 150);
            assert!(json["blocks"].to_string().encode_utf16().count() <= 12_000 + 2);
            each(&json, &mut |key, text| {
                assert!(key != "text" || (1..=3000).contains(&text.encode_utf16().count()), "{text}");
                assert!(key != "url" || text.len() <= 3000);
            });
        }
        Chat::Teams(shape) => {
            assert!(post.len() <= 27_000, "{}", post.len());
            let card = if shape == Shape::Card { &json } else { &json["attachments"][0]["content"] };
            assert_eq!((&card["type"], &card["version"]), (&"AdaptiveCard".into(), &"1.5".into()));
            card["body"].as_array().unwrap().iter().for_each(known_element);
        }
        Chat::Discord => {
            let embeds = json["embeds"].as_array().unwrap();
            let texts = embeds.iter().flat_map(|embed| [embed.get("title"), embed.get("description")]).flatten();
            assert!(embeds.len() <= 10 && length(&json["content"]) <= 2000);
            assert!(texts.map(length).sum::<usize>() <= 6000);
            for embed in embeds {
                assert!(embed.get("title").is_none_or(|title| (1..=256).contains(&length(title))));
                assert!((1..=4096).contains(&length(&embed["description"])));
            }
            assert_eq!(json["allowed_mentions"], serde_json::json!({ "parse": [] }));
        }
        Chat::Mattermost => assert!(length(&json["text"]) <= 16_383),
    }
    json
}

/// Asserts that an element of a card is one that Teams knows, with the fields that it needs.
fn known_element(element: &serde_json::Value) {
    match element["type"].as_str().unwrap() {
        "Container" => element["items"].as_array().unwrap().iter().for_each(known_element),
        "RichTextBlock" => {
            for run in element["inlines"].as_array().unwrap() {
                assert_eq!(run["type"], "TextRun");
                assert!(run["text"].is_string(), "{run}");
                if let Some(action) = run.get("selectAction") {
                    assert_eq!(action["type"], "Action.OpenUrl");
                    assert!(action["url"].as_str().unwrap().starts_with("https://"));
                }
            }
        }
        other => panic!("no element is called {other}"),
    }
}

/// Visits every text with its key.
fn each(value: &serde_json::Value, visit: &mut dyn FnMut(&str, &str)) {
    match value {
        serde_json::Value::Object(fields) => {
            for (key, value) in fields {
                if let Some(text) = value.as_str() {
                    visit(key, text);
                }
                each(value, visit);
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| each(value, visit)),
        _ => {}
    }
}

/// Every text of some posts, one after the other.
fn shown(posts: &[serde_json::Value]) -> String {
    let mut out = String::new();
    for post in posts {
        each(post, &mut |key, text| {
            if key != "type" && key != "style" {
                out.push_str(text);
                out.push('\n');
            }
        });
    }
    out
}

#[test]
fn a_short_message_is_one_post_with_everything() {
    let digest = digest(vec![
        ("Needs an answer", vec![item("ADR-12 Use Kafka", &["New: proposed", "To be decided · by 2025-06-20"])]),
        ("Also changed", vec![Item { link: None, ..item("Old page", &["Removed"]) }]),
    ]);
    for chat in CHATS {
        let posts = all(&digest, chat);
        assert_eq!(posts.len(), 1, "{chat:?}");
        let text = shown(&posts).replace(['\u{200b}', '\\'], "");
        let wanted =
            ["Handbook", "Needs an answer", "ADR-12 Use Kafka", "New: proposed", "by 2025-06-20", "Also changed"];
        for wanted in wanted.iter().chain(&["Removed", "decisions/0001.md", "3 pages with small edits", "Ann Lee"]) {
            assert!(text.contains(wanted), "{chat:?}: no {wanted} in {text}");
        }
        assert!(text.contains("https://kb.example/changes.html") && !text.contains("more page"), "{chat:?}: {text}");
    }
}

#[test]
fn what_does_not_fit_is_counted_beside_the_page_that_has_it() {
    let long = "Ein sehr langer Satz über \"Anführungen\" & <Klammern> 🦀 ".repeat(7);
    let items: Vec<Item> =
        (0..10_000).map(|number| item(&format!("ADR-{number} {long}"), &[&long, &long, &long, "short"])).collect();
    let digest = digest(vec![("In force now", items)]);
    for chat in CHATS {
        let posts = all(&digest, chat);
        assert_eq!(posts.len(), 4, "{chat:?}");
        let text = shown(&posts).replace(['\u{200b}', '\\'], "");
        let numbers = text.split("ADR-").skip(1).filter_map(|rest| rest.split(' ').next()?.parse::<usize>().ok());
        let told = numbers.max().unwrap() + 1;
        assert!(told >= 8 && text.contains(&format!("and {} more pages", 10_000 - told)), "{chat:?}: {told}");
        assert!(text.contains("(4/4)") && text.contains("https://kb.example/changes.html"));
    }
}

#[test]
fn every_shape_of_a_message_stays_within_the_limits() {
    let texts = ["", "x", "\"\\\u{8}", "🦀👩‍👩‍👧‍👦", "漢字", "&<>", "@all #a ~b $c$ `d`", "**_~~||"];
    let mut seed = 7_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for _ in 0..20 {
        let mut text = || texts[random(texts.len())].repeat([1, 3, 80, 400][random(4)]);
        let parts = (0..3).map(|_| {
            let items = (0..30).map(|_| Item {
                title: text(),
                link: Some(format!("https://kb.example/{}", text())),
                path: text(),
                lines: (0..8).map(|_| text()).collect(),
                by: text(),
            });
            let items = items.collect();
            Part { heading: text(), items }
        });
        let parts = parts.collect();
        let digest = Digest { parts, title: text(), period: text(), ..digest(Vec::new()) };
        for chat in CHATS {
            assert!((1..=4).contains(&all(&digest, chat).len()));
        }
    }
}

#[test]
fn many_parts_and_no_parts_are_messages_too() {
    let parts = (0..200).map(|_| ("Part", vec![item("Page", &["New"])])).collect();
    let many = digest(parts);
    for chat in CHATS {
        assert!(all(&many, chat).len() > 1, "{chat:?}");
        let posts = all(&digest(Vec::new()), chat);
        assert!(shown(&posts).contains("3 pages with small edits"));
        let bare = Digest { link: None, small: None, ..digest(Vec::new()) };
        assert_eq!(all(&bare, chat).len(), 1);
    }
}

/// What authors write to ring a channel, to link elsewhere or to look like another part of the message.
const HOSTILE: &[&str] = &[
    "<!channel> <!here|x> <@U024BE7LH> <#C024BE7LR> <https://evil.example|a>",
    "@everyone @here @all @channel @ann",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "https://evil.example/ www.evil.example evil.example/x",
    "<@123> <@&456> <#789> <t:0> <:smile:1> :smile:",
    "**bold** __u__ *i* ~~s~~ ||spoiler|| `code` ```js",
    "# Heading",
    "- item",
    "1. item",
    "> quote",
    "a\nb\r\n## c\u{2028}d\u{85}e",
    "\u{202e}gnp.exe\u{2066}",
    "~town-square #tag $x^2$ &lt;b&gt; <b>x</b>",
    "{{DATE(2025-01-01T00:00:00Z)}} </at> <at>Ann</at>",
    "a\\",
];

#[test]
fn no_text_rings_links_or_changes_its_shape() {
    for text in HOSTILE {
        let page = Item { by: (*text).to_owned(), path: (*text).to_owned(), ..item(text, &[text]) };
        let none = Item { link: None, ..page.clone() };
        let digest =
            Digest { title: (*text).to_owned(), period: (*text).to_owned(), ..digest(vec![(text, vec![page, none])]) };
        for chat in CHATS {
            for post in all(&digest, chat) {
                hold(&post, chat, text);
            }
        }
    }
}

fn hold(post: &serde_json::Value, chat: Chat, text: &str) {
    each(post, &mut |key, shown| {
        let is_markup = match chat {
            // Everything else is text that nothing reads.
            Chat::Slack => key == "text" && std::ptr::eq(shown, post["text"].as_str().unwrap()),
            Chat::Teams(_) => false,
            Chat::Discord | Chat::Mattermost => true,
        };
        assert!(!shown.contains(['\u{202e}', '\u{2066}', '\r', '\u{2028}', '\u{85}']), "{chat:?}: {shown:?}");
        assert!(!matches!(chat, Chat::Teams(_)) || !shown.contains("{{"));
        if !is_markup {
            return;
        }
        let outside = without_escapes(&without_code(shown), chat);
        for mark in
            ["@e", "@h", "@a", "@c", "@U", "@1", "@&", "<!", "<@", "<#", "<t:", "<:", ":smile:", "<b", "<at", "</"]
        {
            assert!(!outside.contains(mark), "{chat:?}: {mark} of {text:?} in {shown}");
        }
        let links = outside.replace("https://kb.example/", "");
        assert!(!links.contains("https://") && !links.contains("javascript:a"), "{chat:?}: {shown}");
        if chat != Chat::Slack {
            for mark in
                ["[click]", "**bold", "__u", "~~s", "||s", "```", "\n# ", "\n- item", "- 1. ", "\n> ", "- - ", "- # "]
            {
                assert!(!outside.contains(mark), "{chat:?}: {mark} of {text:?} in {shown}");
            }
        }
        if chat == Chat::Mattermost {
            for mark in ["www.", "example/x", "#tag", "~town", "$x", "<"] {
                let known = outside.replace("](<https://kb.example/", "").replace("\n<https://kb.example/", "");
                assert!(!known.contains(mark), "{mark} of {text:?} in {shown}");
            }
        }
    });
}

/// The text without the signs that a backslash takes the meaning of.
fn without_escapes(text: &str, chat: Chat) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' && chat != Chat::Slack {
            // It is shown as it is, and stands for nothing.
            letters.next();
            out.push('·');
        } else {
            out.push(letter);
        }
    }
    out
}

/// The text without what stands between backticks of ours.
fn without_code(text: &str) -> String {
    let mut out = String::new();
    for line in text.split('\n') {
        match line.split_once(" (`").and_then(|(before, rest)| Some((before, rest.split_once("`)")?.1))) {
            Some((before, after)) => out += &format!("{before}{after}\n"),
            None => out += &format!("{line}\n"),
        }
    }
    out
}

#[test]
fn a_link_is_one_of_the_web_and_ends_where_it_ends() {
    let link = |address: &str| brief::link(address, 60);
    assert_eq!(
        link("https://a.example/b(c)>|d e\"é"),
        Some("https://a.example/b%28c%29%3E%7Cd%20e%22%C3%A9".to_owned())
    );
    assert_eq!(link("javascript:alert(1)"), None);
    assert_eq!(link(&format!("https://a.example/{}", "x".repeat(60))), None);
}
