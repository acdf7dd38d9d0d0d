//! Texts that try to run script, and the places of a book where a stranger can put them.

use std::collections::BTreeMap;

/// What each vector tries to run: it leaves a mark that a browser test can see.
const RUN: &str = "window.pwned=1";

/// The vectors by name. Each is one line.
pub fn payloads() -> Vec<(&'static str, String)> {
    let plain: &[(&str, &str)] = &[
        ("script", "<script>RUN</script>"),
        ("script-case", "<ScRiPt >RUN</sCrIpT >"),
        ("script-slash", "<script/x>RUN</script>"),
        ("script-nested", "<scr<script>ipt>RUN</scr</script>ipt>"),
        ("script-source", "<script src=data:text/javascript,RUN></script>"),
        ("script-after-quote", "\"><script>RUN</script>"),
        ("script-after-single", "'><script>RUN</script>"),
        ("script-after-comment", "--><script>RUN</script><!--"),
        ("script-after-title", "</title><script>RUN</script>"),
        ("script-after-textarea", "</textarea></style></noscript></xmp><script>RUN</script>"),
        ("script-after-code", "</code></pre></figure></main></body><script>RUN</script>"),
        ("script-json", "</script><script>RUN</script>{{ \"x\" }}"),
        ("image-error", "<img src=x onerror=RUN>"),
        ("image-error-quotes", "<img src=\"x\" onerror='RUN'/>"),
        ("image-error-slashes", "<img/src=x/onerror=RUN//"),
        ("image-error-line", "<img src=x&#10;onerror&#61;RUN>"),
        ("attribute-double", "\" onmouseover=\"RUN\" autofocus onfocus=\"RUN\" x=\""),
        ("attribute-single", "' onmouseover='RUN' autofocus onfocus='RUN' x='"),
        ("attribute-plain", "x onmouseover=RUN tabindex=1 onfocus=RUN autofocus "),
        ("attribute-backtick", "` onmouseover=RUN `"),
        ("entities", "&lt;script&gt;RUN&lt;/script&gt; &#60;img src=x onerror=RUN&#62;"),
        ("double-entities", "&amp;lt;script&amp;gt;RUN&amp;lt;/script&amp;gt;"),
        ("javascript-link", "javascript:RUN"),
        ("javascript-case", "JaVaScRiPt:RUN//"),
        ("javascript-tab", "java&Tab;script&colon;RUN"),
        ("javascript-control", "\u{1}javascript:RUN"),
        ("javascript-newline", "java&#10;script:RUN"),
        ("javascript-encoded", "&#x6A;&#97;vascript&#58;RUN"),
        ("javascript-escaped", "java\\script\\:RUN"),
        ("javascript-percent", "%6aavascript:RUN"),
        ("javascript-host", "javascript://example.org/%0aRUN"),
        ("vbscript-link", "vbscript:RUN"),
        ("data-link", "data:text/html,<script>RUN</script>"),
        ("data-svg", "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='RUN'/>"),
        ("data-image-then-html", "data:image/png;text/html,<script>RUN</script>"),
        (
            "link-element",
            "<a href=javascript:RUN>x</a><a href=\" &#14; javascript:RUN\">y</a><area href=javascript:RUN>",
        ),
        ("svg-load", "<svg onload=RUN><script>RUN</script></svg>"),
        ("svg-animate", "<svg><a><animate attributeName=href values=javascript:RUN /><text y=20>x</text></a></svg>"),
        (
            "svg-use",
            "<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>RUN</script></svg>#x\"/></svg>",
        ),
        (
            "svg-foreign",
            "<svg><foreignObject><iframe srcdoc='<script>parent.RUN</script>'></iframe></foreignObject></svg>",
        ),
        ("svg-style-escape", "<svg><style><img src=x onerror=RUN></style></svg>"),
        (
            "math-escape",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=RUN&gt;\">",
        ),
        (
            "math-link",
            "<math href=javascript:RUN>x</math><math><maction actiontype=statusline xlink:href=javascript:RUN>x</maction></math>",
        ),
        (
            "iframe",
            "<iframe src=javascript:parent.RUN></iframe><iframe srcdoc=\"<script>parent.RUN</script>\"></iframe>",
        ),
        ("object", "<object data=javascript:RUN></object><embed src=javascript:RUN>"),
        ("base", "<base href=\"https://example.org/\"><base href=javascript:RUN//>"),
        (
            "meta",
            "<meta http-equiv=refresh content=\"0;url=javascript:RUN\"><link rel=stylesheet href=data:text/css,*{}>",
        ),
        (
            "form",
            "<form action=javascript:RUN><button autofocus onfocus=RUN>x</button><input formaction=javascript:RUN type=submit></form>",
        ),
        ("details", "<details open ontoggle=RUN><summary>x</summary></details>"),
        ("media", "<video src=x onerror=RUN><source onerror=RUN></video><audio src=x onerror=RUN>"),
        (
            "style",
            "<style>*{background:url(javascript:RUN)}</style><p style=\"position:fixed;inset:0;background:url(javascript:RUN)\">x</p>",
        ),
        (
            "template",
            "<template><script>RUN</script></template><noscript><img title=\"</noscript><img src=x onerror=RUN>\"></noscript>",
        ),
        ("table-escape", "<table><tr><td><a href=x><table><script>RUN</script>"),
        ("frame-escape", "</p></div></article></main></div></body></html><body onload=RUN>"),
        ("twig", "{{ page.rest | safe }}{% raw %}<script>RUN</script>{% endraw %}{{#include ../../../etc/passwd}}"),
        ("marks", "\u{fdd0}00000000000000000000000000000000s0\u{fdd1}<script>RUN</script>\u{fdd0}t0\u{fdd1}"),
        (
            "popover",
            "<p id=sidebar popover popovertarget=sidebar onbeforetoggle=RUN>x</p><button popovertarget=x onclick=RUN>y</button>",
        ),
        ("latex-link", "\\href{javascript:RUN}{x} \\text{<img src=x onerror=RUN>} \\class{\" onclick=RUN}{x}"),
        ("latex-style", "\\color{red;background:url(javascript:RUN)}{x} \\htmlStyle{a}{b} \\unicode{x3c}script>"),
        ("mermaid-click", "A\"] click A \"javascript:RUN\" B[\"<img src=x onerror=RUN>"),
    ];
    plain.iter().map(|(name, text)| (*name, text.replace("RUN", RUN))).collect()
}

/// A page that holds a text in one place, by the name of the place.
pub fn positions(text: &str) -> BTreeMap<&'static str, String> {
    let quoted = text.replace('\'', "''");
    let in_name = text.replace(['|', '\n'], "");
    BTreeMap::from([
        ("inline", format!("# Inline\n\nText {text} more *{text}* `{text}` ~~{text}~~ <b title=\"{text}\">x</b>\n")),
        ("block", format!("# Block\n\n{text}\n\n<div>\n{text}\n\n{text}\n</div>\n\n    {text}\n")),
        ("link", format!("# Link\n\n[x](<{text}>) [x]({text}) <{text}> [{text}](a.md) [x](a.md?{text}#{text})\n")),
        (
            "title-of-link",
            format!(
                "# Title\n\n[x](a.md \"{text}\") [x](a.md '{text}') ![x](a.png \"{text}\") [x](https://a.b '{text}')\n"
            ),
        ),
        ("image", format!("# Image\n\n![{text}](a.png) ![x]({text}) ![x](<{text}>) ![![{text}](b.png)]({text})\n")),
        (
            "reference",
            format!(
                "# Reference\n\n[x] ![y] [{text}] [z][{text}]\n\n[x]: <{text}> \"{text}\"\n[y]: {text} '{text}'\n[{text}]: b.md\n"
            ),
        ),
        (
            "tabs",
            format!(
                "# Tabs\n\n<!-- tabs -->\n\n## {text}\n\n{text}\n\n<!-- /tabs -->\n\n<!-- tabs -->\n\n```sh title=\"{text}\"\n{text} # (1)\n```\n\n1. {text}\n\n<!-- /tabs -->\n"
            ),
        ),
        (
            "glossary",
            format!("---\nglossary: true\n---\n# Words\n\n{text}\n: {text}\n\nmore\nText\n: {text} \"{text}\n"),
        ),
        (
            "heading",
            format!(
                "# {text}\n\n## Id {{#{text}}}\n\n## Class {{.{text}}}\n\n### Key {{{text}=\"{text}\"}}\n\n{text}\n===\n\n## {text}\n"
            ),
        ),
        (
            "fence",
            format!(
                "# Fence\n\n```{text}\n{text}\n```\n\n```js title=\"{text}\" {{1}} linenos\n{text}\n```\n\n~~~html {text}\n{text}\n~~~\n\n```diff\n+{text}\n```\n"
            ),
        ),
        (
            "table",
            format!(
                "# Table\n\n| {text} | b |\n|:--|--|\n| {text} | `{text}` |\n\nterm {text}\n: definition {text}\n\n- [ ] {text}\n"
            ),
        ),
        ("footnote", format!("# Footnote\n\nA[^{text}] b[^1]\n\n[^{text}]: {text}\n[^1]: {text}\n")),
        ("alert", format!("# Alert\n\n> [!NOTE] {text}\n> {text}\n\n> [!{text}]\n> x\n\n> [!WARNING]\n> {text}\n")),
        (
            "wikilink",
            format!(
                "# Wikilink\n\n[[{in_name}]] [[{in_name}|{text}]] [[inline|{text}]] ![[{in_name}]] [[inline#{in_name}]]\n"
            ),
        ),
        (
            "front-matter",
            format!(
                "---\ntitle: '{quoted}'\ndescription: '{quoted}'\ntags: ['{quoted}']\nstatus: '{quoted}'\nauthor: '{quoted}'\ndate: '{quoted}'\nlang: '{quoted}'\n'{quoted}': '{quoted}'\n---\n\nText.\n"
            ),
        ),
        (
            "decision",
            format!(
                "---\nkind: decision\nstatus: 'superseded by {quoted}'\ndeciders: ['{quoted}']\n---\n# {text}\n\n* Date: {text}\n* Tags: {text}\n\n## Status\n\n{text}\n\nSuperseded by [{text}]({text})\n"
            ),
        ),
        (
            "formula",
            format!(
                "# Formula\n\n${text}$ $\\text{{{text}}}$ $\\href{{{text}}}{{x}}$ $\\color{{{text}}}x$ $\\operatorname{{{text}}}$\n\n$$\n\\begin{{array}}{{{text}}} {text} \\end{{array}} \\tag{{{text}}}\n$$\n"
            ),
        ),
        ("diagram", diagrams(text)),
    ])
}

/// Diagrams of several kinds with a text wherever theirs stands.
fn diagrams(text: &str) -> String {
    let sources = [
        format!(
            "flowchart LR\n  a[\"{text}\"] -->|\"{text}\"| b\n  click a \"{text}\" \"{text}\"\n  style a fill:{text}\n"
        ),
        format!("flowchart LR\n  a[{text}] --> b({text})\n  click b href \"{text}\" _blank\n"),
        format!(
            "sequenceDiagram\n  participant a as {text}\n  a->>b: {text}\n  Note over a: {text}\n  link a: {text} @ {text}\n"
        ),
        format!(
            "%%{{init: {{\"securityLevel\": \"loose\", \"theme\": \"{text}\", \"themeCSS\": \"{text}\", \"fontFamily\": \"{text}\", \"htmlLabels\": true}}}}%%\nflowchart LR\n  a[\"{text}\"]\n"
        ),
        format!(
            "---\ntitle: {text}\n---\nclassDiagram\n  class A[\"{text}\"]\n  A : {text}\n  click A href \"{text}\"\n"
        ),
        format!("pie title {text}\n  \"{text}\" : 1\n"),
        format!("stateDiagram-v2\n  s1 : {text}\n  s1 --> s2 : {text}\n"),
        format!("mindmap\n  root(({text}))\n    {text}\n"),
    ];
    let fences: Vec<String> = sources.iter().map(|source| format!("```mermaid\n{source}```\n")).collect();
    format!("# Diagram\n\n{}", fences.join("\n"))
}

/// The pages for a browser, by file name: for each vector one page with every place of running text.
pub fn browser_pages() -> BTreeMap<String, String> {
    let page = |(name, text): (&str, String)| {
        let places = positions(&text);
        let front_matter = places["front-matter"].trim_end_matches("Text.\n").to_owned();
        let together: String = places
            .iter()
            .filter(|(place, _)| !matches!(**place, "front-matter" | "decision" | "glossary"))
            .map(|(_, page)| page.replacen("# ", "\n## ", 1))
            .collect();
        (format!("{name}.md"), front_matter + &together)
    };
    payloads().into_iter().map(page).collect()
}
