use super::*;

/// Checks the owners of paths: each line of `expected` is a path and its owners.
fn check(text: &str, expected: &str) {
    let owners = Owners::read(text);
    for line in expected.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (path, wanted) = line.split_once(':').unwrap();
        assert_eq!(owners.of(path).join(" "), wanted.trim(), "{path} in\n{text}\n{:?}", owners.faults());
    }
}

fn faults(text: &str) -> Vec<String> {
    Owners::read(text).faults().iter().map(|fault| format!("{}: {}", fault.line, fault.message)).collect()
}

#[test]
fn the_last_pattern_decides_and_one_without_owners_takes_away() {
    check(
        "* @all\n*.js @js js@example.org # the front\n/build/ @ops\n/build/free\n/build/free/but @ops @ops",
        "README.md: @all
         a/b.js: @js js@example.org
         build/x.js: @ops
         build/free/x:
         build/free/but: @ops
         other/build/x: @all",
    );
    check("", "a:");
    check("# nothing\n\n  # here", "a:");
}

#[test]
fn a_pattern_with_a_slash_is_a_place_and_another_a_name() {
    check(
        "docs/* @direct\napps/ @apps\n/scripts/ @scripts\nlib/core @core\n**/logs @logs\n*.md @words",
        "docs/a.txt: @direct
         docs/deep/a.txt:
         x/docs/a.txt:
         x/apps/deep/a: @apps
         apps: 
         scripts/a: @scripts
         x/scripts/a:
         lib/core: @core
         lib/core/a/b: @core
         x/lib/core:
         x/logs: @logs
         logs/a/b: @logs
         x/y.md: @words
         x/folder.md/a: @words",
    );
}

#[test]
fn signs_are_escaped_and_braces_are_plain() {
    check(
        "path\\ with\\ spaces/ @space\n\\#file.rb @hash\n/a{b,c} @brace\n\\!important @mark\nx\\*y @star\nümlaut/\t@u\r\n",
        "path with spaces/a: @space
         #file.rb: @hash
         a{b,c}: @brace
         ab:
         !important: @mark
         x*y: @star
         xzy:
         ümlaut/a: @u",
    );
    check("\u{feff}* @all", "a: @all");
}

#[test]
fn each_section_decides_for_itself_and_a_path_has_the_owners_of_all() {
    check(
        "* @all\n[Database] @dba\n*.sql\n/db/ @db @all\n^[Docs][2] @docs\n*.md\n!/db/draft.md\n/db/draft.md @late\n\
         [DATABASE]\nmodel/*.rb @models",
        "a.txt: @all
         a.sql: @all @dba
         db/a.sql: @all @db
         db/a.md: @all @db @docs
         db/draft.md: @all @db
         x/model/user.rb: @all @models",
    );
    check("[Only] @only\n*.rs\n[ab].rs @class", "a.rs: @class\nc.rs: @only");
}

#[test]
fn a_line_that_cannot_be_understood_is_named_and_left_out() {
    let text = "* @all\n*.rs alice\n!secret\nsrc\\api @x\n/ @root\n[a @x\n*.md @docs @";
    let lines: Vec<usize> = Owners::read(text).faults().iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7], "{:?}", faults(text));
    assert!(faults(text)[0].contains("`alice` is no owner"));
    assert!(faults(text)[2].contains("`src\\api` is no pattern"), "{:?}", faults(text));
    check(text, "a.rs: @all\nsecret: @all\na.md: @all");
}

#[test]
fn any_text_is_read() {
    for text in ["[", "]", "^", "^[", "[]", "[a][", "\\", "\\ ", "!", "! @a", "@", "\0 @a", "a\\", &"{".repeat(5000)] {
        let _ = Owners::read(text).of("a");
    }
}
