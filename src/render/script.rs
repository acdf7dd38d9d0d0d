//! Scripts as they are published: those of a folder joined into one, and all without what only their authors read.
//!
//! Scripts are written to be read, with comments and types in them. Half of what a browser would load is that.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Returns the assets of a theme as they are published: `engine/10-tokens.js`, `engine/20-query.js`, … are `engine.js`,
/// in the order of their names and inside one function. A file `engine.js`, which a book may have, is there in their stead.
pub(super) fn prepare(assets: &BTreeMap<String, Arc<[u8]>>) -> BTreeMap<String, Arc<[u8]>> {
    let mut prepared: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
    let mut joined: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (name, content) in assets {
        match name.split_once('/') {
            Some((folder, file)) if file.ends_with(".js") => {
                let whole = joined.entry(format!("{folder}.js")).or_default();
                whole.extend_from_slice(content);
                whole.push(b'\n');
            }
            _ => drop(prepared.insert(name.clone(), content.clone())),
        }
    }
    for (name, parts) in joined {
        prepared.entry(name).or_insert_with(|| [b"(() => {\n", &parts[..], b"})();\n"].concat().into());
    }
    for (name, content) in &mut prepared {
        if name.ends_with(".js") {
            *content = minify(content);
        }
    }
    prepared
}

/// Makes a script short. One that cannot be read stays as it is: the browser says best what is wrong with it.
#[cfg(feature = "minify")]
fn minify(content: &Arc<[u8]>) -> Arc<[u8]> {
    let Ok(text) = std::str::from_utf8(content) else { return content.clone() };
    if depth(text) > DEEPEST {
        return content.clone();
    }
    // What nests without brackets (`a => b => …`) gets a stack that is large enough for any script that somebody wrote.
    let short = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || shortened(text));
        thread.ok().and_then(|thread| thread.join().ok()).flatten()
    });
    short.map_or_else(|| content.clone(), |short| short.into_bytes().into())
}

/// The stack of the minifier, in bytes, of which only what is used is taken.
#[cfg(feature = "minify")]
const STACK: usize = 64 << 20;

/// Returns a script made short; nothing for one that cannot be read.
#[cfg(feature = "minify")]
fn shortened(text: &str) -> Option<String> {
    use oxc_allocator::Allocator;
    use oxc_codegen::{Codegen, CodegenOptions};
    use oxc_minifier::{Minifier, MinifierOptions};
    use oxc_parser::Parser;
    use oxc_span::SourceType;

    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, text, SourceType::cjs()).parse();
    if parsed.panicked || !parsed.diagnostics.is_empty() {
        return None;
    }
    let names = Minifier::new(MinifierOptions::default()).minify(&allocator, &mut parsed.program);
    let short = Codegen::new().with_options(CodegenOptions::minify()).with_scoping(names.scoping);
    Some(short.build(&parsed.program).code + "\n")
}

/// How deep brackets may nest in a script that is made short: its parser works by recursion, and scripts have a few dozen.
#[cfg(feature = "minify")]
const DEEPEST: usize = 200;

/// Returns how deep the brackets of a text nest at most, those in strings included.
#[cfg(feature = "minify")]
fn depth(text: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

#[cfg(not(feature = "minify"))]
fn minify(content: &Arc<[u8]>) -> Arc<[u8]> {
    content.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let assets = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().into())).collect();
        let text = |bytes: &Arc<[u8]>| String::from_utf8_lossy(bytes).into_owned();
        prepare(&assets).iter().map(|(name, content)| (name.clone(), text(content))).collect()
    }

    #[test]
    fn the_scripts_of_a_folder_are_one() {
        let parts = [("a/1.js", "const x = y();"), ("a/2.js", "z(x, x);"), ("a/a.d.ts", "types"), ("b.css", "/* */")];
        let files = prepared(&parts);
        assert_eq!(files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["a.js", "a/a.d.ts", "b.css"]);
        assert!(files[0].1.contains("z("), "{}", files[0].1);
        assert_eq!((files[1].1.as_str(), files[2].1.as_str()), ("types", "/* */"));
        let files = prepared(&[("a.js", "own();"), ("a/1.js", "theirs();")]);
        assert!(files.len() == 1 && files[0].1.contains("own"), "{files:?}");
    }

    #[test]
    #[cfg(feature = "minify")]
    fn what_only_authors_read_is_left_out() {
        let [(_, short)] = &prepared(&[("a.js", "// why\nfunction f(long) { return long + 1; }\nf(2);")])[..] else {
            panic!("one file came back as several")
        };
        assert!(!short.contains("why") && !short.contains("long"), "{short}");
        let [(_, broken)] = &prepared(&[("a.js", "function (")])[..] else { panic!("a broken script was dropped") };
        assert_eq!(broken, "function (");
    }
}
