use super::*;

fn words(text: &str) -> String {
    let tokens = tokens(text);
    let named = tokens.iter().map(|token| format!("{}@{}", token.text, token.position));
    named.collect::<Vec<_>>().join(" ")
}

#[test]
fn words_are_found_whole_and_by_parts() {
    for (text, expected) in [
        ("Caching is hard.", "caching@0 is@1 hard@2"),
        ("append_event now", "append_event@0 append@0 event@1 now@2"),
        ("LlmAgent HTTPServer ADRs", "llmagent@0 llm@0 agent@1 httpserver@2 http@2 server@3 adrs@4"),
        ("google.adk.LlmAgent", "google.adk.llmagent@0 google@0 adk@1 llmagent@2 llm@2 agent@3"),
        ("v1.2, E0308", "v1.2@0 v1@0 2@1 e0308@2"),
        (
            "ADR-12 utf-8 time-to-live",
            "adr12@0 adr-12@0 adr@0 12@1 utf8@2 utf-8@2 utf@2 8@3 timetolive@4 time@4 to@5 live@6",
        ),
        ("ADR-0012-use-redis", "adr-0012@0 adr@0 0012@1 use@2 redis@3"),
        ("हिन्दी", "हिन्दी@0"),
        ("--dry-run -x a--b", "--dry-run@0 dry@0 run@1 x@2 a@3 b@4"),
        ("C++, C# .NET ASP.NET", "c++@0 c@0 c#@1 c@1 .net@2 net@2 asp.net@3 asp@3 net@4"),
        ("__init__ _ a++b", "__init__@0 init@0 a@1 b@2"),
        ("Élan CAFÉ Σίσυφος", "elan@0 cafe@1 σισυφοσ@2"),
        ("東京都 に a字b", "東京@0 京都@1 に@2 a@3 字@4 b@5"),
        ("std::vec don't", "std@0 vec@1 dont@2 don@2 t@3"),
        ("the team’s 'set-up', we'll", "the@0 teams@1 team@1 s@2 setup@3 set@3 up@4 we@5 ll@6"),
        ("1,500 of 12,5 in 1,234,567", "1500@0 1@0 500@1 of@2 12@3 5@4 in@5 1234567@6 1@6 234@7 567@8"),
        ("a-b-c-d a-b.c x.a-b --a-b", "a@0 b@1 c@2 d@3 a@4 b.c@5 b@5 c@6 x.a@7 x@7 a@8 b@9 --a-b@10 a@10 b@11"),
        ("Straße Łódź ısı smørrebrød œuvre", "strasse@0 lodz@1 isi@2 smorrebrod@3 oeuvre@4"),
        ("", ""),
        ("... -- ++ # _", ""),
    ] {
        assert_eq!(words(text), expected, "{text}");
    }
}

#[test]
fn a_token_names_the_bytes_it_stands_for() {
    let text = "Die Übergrößen: 東京都, getÉtat()";
    let stands: Vec<&str> = tokens(text).into_iter().map(|token| &text[token.range]).collect();
    assert_eq!(stands, ["Die", "Übergrößen", "東京", "京都", "getÉtat", "get", "État"]);
}

#[test]
fn a_long_name_is_found_by_its_words() {
    assert_eq!(
        words("createOAuth2AuthorizationRequestRepositoryFactory"),
        "createoauth2authorizationrequestreposito@0 create@0 o@1 auth2@2 authorization@3 request@4 repository@5 factory@6"
    );
    let whole = "a".repeat(41);
    assert_eq!(words(&format!("{whole} b")), format!("{}@0 b@1", &whole[..40]));
}

#[test]
fn parts_of_names_are_told_from_words() {
    let parts: Vec<String> = tokens("unordered_map std::map hand-over v1.2 LlmAgent")
        .into_iter()
        .filter(|token| token.is_part)
        .map(|token| token.text)
        .collect();
    assert_eq!(parts, ["unordered", "map", "v1", "2", "llm", "agent"]);
}

#[test]
fn keys_are_known_by_their_beginning() {
    let key = "0xdAC17F958D2ee523a2206206994597C13D831ec7aB";
    assert_eq!(words(&format!("to {key} now")), format!("to@0 {}@1 now@2", key[..40].to_lowercase()));
}

proptest::proptest! {
    #[test]
    fn a_plain_word_is_the_compound_that_it_would_be_cut_to(text in "[abBé1 .,_#+:;()\"`'\n-]{0,12}") {
        for (at, letter) in text.char_indices().filter(|(_, letter)| class(*letter) == Class::Letter) {
            let Some(end) = plain_word(&text, at) else { continue };
            let mut cutter = Cutter { text: &text, position: 0, tokens: Vec::new() };
            let of_compound = cutter.compound(at);
            proptest::prop_assert_eq!((of_compound, cutter.position, cutter.tokens.len()), (end, 1, 1), "{} {}", text, letter);
            let Token { text: word, range, position, is_part } = &cutter.tokens[0];
            proptest::prop_assert_eq!((word.clone(), range.clone(), *position, *is_part), (fold(&text[at..end]), at..end, 0, false));
        }
    }
}
