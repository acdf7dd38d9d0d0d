//! What is published as SVG has nothing that runs, as two other readers see it: one of XML by its names, one of HTML.
#![no_main]

use libfuzzer_sys::fuzz_target;
use precedent::active_content::check;

#[path = "../../tests/it/dom.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod dom;

const RUNS: &[&str] = &["script", "iframe", "object", "embed", "img", "form", "input", "meta", "base", "link", "body", "handler"];

fuzz_target!(|data: &[u8]| {
    for name in ["a.svg", "a.xsd", "a", "a.txt"] {
        drop(check(name, data));
    }
    if check("a.svg", data).is_err() || data.starts_with(b"\xff\xfe") || data.starts_with(b"\xfe\xff") {
        return;
    }
    let text = String::from_utf8_lossy(data);
    // Only a drawing: elements of another language do nothing, whatever their names.
    if !text.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") {
        return;
    }
    // Of another language, in a comment or in CDATA, a name does nothing; HTML has none of the three.
    if ["<!--", "<![CDATA[", "<?", "<!DOCTYPE"].iter().any(|opening| text.contains(opening)) || text.matches("xmlns").count() > 1 {
        return;
    }
    for element in dom::fragment(&text).all() {
        let local = element.name.rsplit(':').next().unwrap_or("").to_ascii_lowercase();
        assert!(!RUNS.contains(&local.as_str()), "{text}");
        for (attribute, value) in &element.attributes {
            let address: String = value.chars().filter(|sign| !sign.is_control() && !sign.is_whitespace()).collect();
            let is_address = attribute.ends_with("href") || attribute == "src";
            assert!(!(is_address && address.to_ascii_lowercase().starts_with("javascript:")), "{text}");
            assert!(!attribute.starts_with("on"), "{text}");
        }
    }
});
