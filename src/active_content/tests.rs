use super::*;

/// Returns what is wrong with a file, or nothing.
fn wrong(name: &str, content: &[u8]) -> Option<String> {
    check(name, content).err().map(|active| active.to_string())
}

/// An SVG with something in it.
fn svg(inner: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:h=\"http://www.w3.org/1999/xhtml\">{inner}</svg>"
    )
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[test]
fn what_runs_is_found_however_it_is_spelled() {
    for inner in [
        "<script>alert(1)</script>",
        "<h:script>alert(1)</h:script>",
        "<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script>",
        "<g onclick ='alert(1)'/>",
        "<g onclick\n=\n'alert(1)'/>",
        "<g OnClick='x'/>",
        "<h:iframe src='a'/>",
        "<h:iframe srcdoc='&lt;scr&#105;pt>alert(1)&lt;/script>'/>",
        "<h:body onload='x'/>",
        "<h:img src='x' onerror='y'/>",
        "<h:object data='x'/>",
        "<h:embed src='x'/>",
        "<h:form action='x'/>",
        "<h:meta http-equiv='refresh' content='0'/>",
        "<h:link rel='stylesheet' href='x'/>",
        "<h:base href='x'/>",
        "<foreignObject><h:p onclick='x'>a</h:p></foreignObject>",
        "<foreignObject><h:iframe src='x'/></foreignObject>",
        "<foreignObject><h:a href='javascript:x'>a</h:a></foreignObject>",
        "<a href='javascript:x'/>",
        "<a href='java&#115;cript:x'/>",
        "<a href='&#106;avascript:x'/>",
        "<a href=' java&#9;script:x'/>",
        "<a href='&#1;javascript:x'/>",
        "<a href='data:text/html,x'/>",
        "<a href='vbscript:x'/>",
        "<a xlink:href='javascript:x'/>",
        "<a xml:base='javascript:x//' href='#a'/>",
        "<use href='data:image/svg+xml,x#a'/>",
        "<use xlink:href='https://example.org/a.svg#a'/>",
        "<use href='//example.org/a.svg#a'/>",
        "<use href='\\\\example.org/a.svg#a'/>",
        "<image href='javascript:x'/>",
        "<image href='data:image/svg+xml;base64,AA'/>",
        "<image href='data:image/svg+xml;charset=iso-2022-jp,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E'/>",
        "<image href='data:image/svg+xml;base64,PHN2ZyB4bWxucz0naHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmcnIG9ubG9hZD0neCcvPg=='/>",
        "<image href='data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 onload=%22x%22/%3E'/>",
        "<image href='data:image/svg+xml,&lt;r xmlns:x=&quot;http://www.w3.org/1999/xhtml&quot;&gt;&lt;x:script/&gt;&lt;/r&gt;'/>",
        "<image href='data:text/html,x'/>",
        "<animate attributeName='href' values='javascript:x'/>",
        "<animate attributeName='xlink:href' to='x'/>",
        "<animate attributeName=' href ' to='x'/>",
        "<set attributeName='href' to='javascript:x'/>",
        "<set attributeName='onclick' to='x'/>",
        "<set attributeName='style' to='x'/>",
        "<handler type='text/ecmascript'>x</handler>",
        "<e:listener xmlns:e='http://www.w3.org/2001/xml-events' event='load'/>",
        "<m:math xmlns:m='http://www.w3.org/1998/Math/MathML' href='javascript:x'/>",
        "<style>@import 'https://example.org/a.css';</style>",
        "<style>@im\\port 'a.css';</style>",
        "<style>a { fill: url(https://example.org/a) }</style>",
        "<style>a { fill: u\\72 l( 'https://example.org/a' ) }</style>",
        "<style><![CDATA[a { fill: url(/**/https://example.org) }]]></style>",
        "<style>a { background: image-set('#a' 1x, 'https://example.org' 2x) }</style>",
        "<g style='background: url(&#104;ttps://example.org)'/>",
        "<g fill='url(https://example.org)'/>",
        "<g ping='https://example.org'/>",
        "<unknown/>",
        "<g unknown='x'/>",
    ] {
        assert!(wrong("a.svg", svg(inner).as_bytes()).is_some(), "{inner}");
    }
}

#[test]
fn nothing_hides_in_an_encoding_or_a_declaration() {
    let bad = svg("<g onload='x'/>");
    let good = svg("<g/>");
    for little in [true, false] {
        assert!(wrong("a.svg", &utf16(&bad, little)).is_some());
        assert_eq!(wrong("a.svg", &utf16(&good, little)), None);
    }
    let declared = |encoding: &str| format!("<?xml version='1.0' encoding='{encoding}'?>{good}");
    for encoding in ["UTF-8", "utf-8", "us-ascii", "ISO-8859-1"] {
        assert_eq!(wrong("a.svg", declared(encoding).as_bytes()), None, "{encoding}");
    }
    for encoding in ["ISO-2022-JP", "UTF-7", "UTF-16", "hz-gb-2312", "x-user-defined", "shift_jis"] {
        assert!(wrong("a.svg", declared(encoding).as_bytes()).is_some(), "{encoding}");
    }
    let hidden =
        "<?xml version='1.0' encoding='iso-2022-jp'?><svg xmlns='http://www.w3.org/2000/svg'><\u{1b}(Bscript/></svg>";
    assert!(wrong("a.svg", hidden.as_bytes()).is_some());
    assert!(wrong("a.svg", b"\xef\xbb\xbf<?xml encoding='iso-2022-jp'?><a/>").is_some());
    assert!(wrong("a.svg", &utf16(&good, true)[2..]).is_some(), "no byte order mark");
    for declaration in [
        "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]>",
        "<!DOCTYPE svg [<!ENTITY a '<script/>'>]>",
        "<!DOCTYPE svg [<!ENTITY a 'java&#115;cript:'>]>",
        "<!DOCTYPE svg [<!ENTITY a SYSTEM 'a.xml'>]>",
        "<!DOCTYPE svg [<!ENTITY % a ''> %a;]>",
        "<!DOCTYPE svg [<!ENTITY a 'x'><!ENTITY a 'y'>]>",
        "<!-- x --><?a b?><!DOCTYPE svg SYSTEM 'a[' [ <!ENTITY b 'c'> <!ATTLIST svg onload CDATA 'x'>]>",
        "<?xml-stylesheet type='text/xsl' href='a.xsl'?>",
        "<?xml-stylesheet href='a.css'?>",
    ] {
        assert!(wrong("a.svg", format!("{declaration}{good}").as_bytes()).is_some(), "{declaration}");
    }
    let link = "<!DOCTYPE svg [<!ENTITY a 'javascript:x'>]>".to_owned() + &svg("<a href='&a;'/>");
    assert!(wrong("a.svg", link.as_bytes()).is_some());
    assert!(wrong("a.svg", svg("<g><script></g>").as_bytes()).is_some(), "what cannot be read");
    assert!(wrong("a.svg", b"<svg onload=''/>").is_some() && wrong("a.svg", b"<svg><script/></svg>").is_some());
    assert_eq!(wrong("a.svg", b"<svg width='1'><g/></svg>"), None);
}

#[test]
fn every_name_that_a_host_serves_as_a_page_or_as_xml_is_looked_at() {
    for name in [
        "a.html",
        "a.HTM",
        "a.xhtml",
        "a.xht",
        "a.shtml",
        "a.mht",
        "a.mhtml",
        "a.html.de",
        "a.htm.bak",
        "a.svgz",
        "a.svg.gz",
        "index.html.gz",
        "a.js.br",
        "a.php",
        "a.php.txt.php",
        "a.jsp",
        "a.hbs",
        "a.swf",
        "a.html ",
        "a.html.",
    ] {
        assert!(wrong(name, b"x").is_some(), "{name}");
    }
    let script = b"<r xmlns='x'><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script></r>";
    let data =
        b"<?xml version='1.0'?><r xmlns='x' onload='x'><script>names of another language do nothing</script></r>";
    for name in [
        "a.xml", "a.XSD", "a.rng", "a.rss", "a.atom", "a.rdf", "a.xsl", "a.mathml", "a.kml", "a.xml.de", "a.drawio",
        "a", "a.vue",
    ] {
        assert!(wrong(name, script).is_some(), "{name}");
        assert_eq!(wrong(name, data), None, "{name}");
    }
    for (name, content) in [
        ("a", &b"<script>x</script>"[..]),
        ("a.tmpl", b"\n <!-- x --><p>"),
        ("LICENSE", b"<!DOCTYPE html><p>"),
        ("a.unknown", b"\xef\xbb\xbf<svg onload=x>"),
        ("a.unknown", b"\xff\xfe<\0s\0v\0g\0 \0o\0n\0"),
    ] {
        assert!(wrong(name, content).is_some(), "{name}");
    }
    for (name, content) in [
        ("a.png", &b"<svg onload=x>"[..]),
        ("a.txt", b"<script>"),
        ("a.json", b"{}"),
        ("data.csv.gz", b"\x1f\x8b"),
        ("a.tar.gz", b"\x1f\x8b"),
        ("LICENSE", b"MIT"),
        ("Makefile", b"all:\n\tcc < a"),
        ("a.rs", b"fn main() {}"),
        ("a", b""),
    ] {
        assert_eq!(wrong(name, content), None, "{name}");
    }
}

#[test]
fn what_drawing_programs_write_is_published() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/drawings");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        #[expect(clippy::disallowed_methods, reason = "a test reads its samples")]
        let content = std::fs::read(&path).unwrap();
        assert_eq!(wrong("a.svg", &content), None, "{}", path.display());
        count += 1;
    }
    assert!(count >= 9, "{count}");
    for inner in [
        "<a href='https://example.org' target='_blank' rel='noopener'><text>x</text></a>",
        "<a href='#a'/><a href='../a.html?b=c:d'/><a xlink:href='mailto:a@b.c'/>",
        "<image href='data:image/png;base64,AA' width='1' height='1'/><image href='a.png'/>",
        "<image xlink:href='data:image/svg+xml;base64,PHN2ZyB4bWxucz0naHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmcnLz4='/>",
        "<image href='data:image/svg+xml;charset=utf-8,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E'/>",
        "<style>.a { fill: url(#b); font: 12px 'A (B)', sans-serif } .a\\:b { content: '\\2022' }</style>",
        "<style>@font-face { font-family: a; src: url(data:font/woff2;base64,AA) format('woff2') }</style>",
        "<animate attributeName='opacity' values='0;1' dur='1s' repeatCount='indefinite'/>",
        "<animateTransform attributeName='transform' type='rotate' from='0' to='360' dur='1s'/>",
        "<animate attributeName='fill' to='red'/><use href='icons.svg#a'/>",
        "<foreignObject><h:div style='color: red' class='label'><h:p>a</h:p></h:div></foreignObject>",
    ] {
        assert_eq!(wrong("a.svg", svg(inner).as_bytes()), None, "{inner}");
    }
}

#[test]
fn depth_and_size_end_nothing() {
    for depth in [1000, 100_000] {
        let deep = "<g>".repeat(depth) + &"</g>".repeat(depth);
        assert_eq!(wrong("a.svg", svg(&deep).as_bytes()), None, "{depth}");
    }
    let entities = "<!DOCTYPE svg [<!ENTITY a '".to_owned() + &"x".repeat(200) + "'>]>";
    assert_eq!(wrong("a.svg", (entities + &svg(&"&a;".repeat(10_000))).as_bytes()), None);
    assert!(wrong("a.svg", &vec![b' '; tree::LARGEST + 1]).is_some());
}
