//! Vaults of Obsidian: what their authors say to themselves is in nothing that a build makes.

use std::collections::BTreeSet;
use std::fs;

use precedent::build::{Build, Memo, Outcome, build};
use precedent::path::BookPath;

use crate::memory::{self, Files, shown};
use crate::program::{Folder, Ran, precedent};

/// Each comment holds the word `canary`, and what is beside it the word `visible`.
const NOTES: &str = r#"
-- book.toml --
[site]
url = "https://example.org/"
-- index.md --
%% canary %%
# The %%canary%% visible title %%canary%%

%%canary%% The visible first paragraph, %%canary%% which is the description. %%canary
over lines

and canary paragraphs%%

- an item %%canary%%
- %%canary%% visible

> visible %%canary%% quote

| visible %%canary%% | b |
|---|---|
| %%canary%% | b |

%%
## canary

```sh
canary
```
[canary](canary.md) [[canary]] ![canary](canary.png) {{#include part.md}}
<script>canary</script>
%%

[Broken](nowhere.md) %%canary%% visible

Term %%canary%%
: visible %%canary%%

A note[^1]. %%a ` canary%% and ` visible

[^1]: visible %%canary%%
-- part.md --
A visible part. %%canary%%
-- decisions/0001-a.md --
---
status: accepted
date: 2024-01-01
---

# 1. A visible decision %%canary%%

## Context

%%canary%% visible

## Decision

%%
Status: canary
%%

visible {{#include ../part.md}}
-- decisions/0002-b.md --
# 2. Another %%canary%%

## Status

Accepted %%canary%%

## Context

visible

%% canary that does not end

visible no more
"#;

fn built(files: &Files, vaults: &[&str], memo: &mut Memo) -> Build {
    let mut inputs = memory::inputs(files);
    inputs.vaults = vaults.iter().map(|vault| BookPath::new(vault).unwrap()).collect();
    match build(&inputs, memo) {
        Outcome::Done(build) => *build,
        Outcome::Wants(wants) => panic!("{wants:?}"),
    }
}

/// Where a word is in all that a build makes and says.
fn places(build: &Build, word: &str) -> BTreeSet<String> {
    let mut all = shown(build);
    for (at, finding) in build.findings.iter().enumerate() {
        all.insert(format!("finding {at}"), format!("{finding} {finding:?}"));
    }
    all.into_iter().filter(|(_, text)| text.contains(word)).map(|(name, _)| name).collect()
}

#[test]
fn comments_are_in_nothing_that_is_made() {
    let build = built(&memory::files(NOTES), &[""], &mut Memo::default());
    assert_eq!(places(&build, "canary"), BTreeSet::new());
    let visible = places(&build, "visible");
    for file in ["index.html", "index.md", "decisions/0001-a.html", "decisions/0001-a.md", "llms.txt"] {
        assert!(visible.contains(&format!("file {file}")), "{file} of {visible:?}");
    }
    assert!(visible.contains("documents") && visible.contains("findings"), "{visible:?}");
}

#[test]
fn elsewhere_they_are_text_with_a_finding() {
    let files = memory::files(NOTES);
    let mut memo = Memo::default();
    for vaults in [&[][..], &["decisions"], &[""], &[]] {
        let build = built(&files, vaults, &mut memo);
        memory::assert_same(&build, &built(&files, vaults, &mut Memo::default()), "warm and cold");
        let of_index = build.findings.iter().filter(|found| found.path.as_str() == "index.md");
        let told = of_index.filter(|found| found.message.contains("Obsidian's comments")).count();
        let is_whole = vaults == [""];
        assert_eq!(told, usize::from(!is_whole), "{vaults:?}");
        let canaries = places(&build, "canary");
        assert_eq!(canaries.contains("file decisions/0002-b.md"), vaults.is_empty(), "{vaults:?}: {canaries:?}");
    }
}

#[test]
fn what_has_no_end_takes_the_rest_and_says_so() {
    let build = built(&memory::files(NOTES), &[""], &mut Memo::default());
    let finding = build.findings.iter().find(|found| found.message.contains("does not end")).unwrap();
    assert_eq!((finding.path.as_str(), finding.line), ("decisions/0002-b.md", 11));
    assert_eq!(places(&build, "visible no more"), BTreeSet::new());
}

#[test]
fn a_site_on_the_disk_holds_none() {
    let folder = Folder::with(NOTES);
    folder.write(".obsidian/app.json", "{}");
    let ran = Ran::of(precedent(&folder.path("")).args(["build"]).output().unwrap()).exits(0);
    assert!(!ran.err.contains("canary") && !ran.out.contains("canary"), "{}{}", ran.out, ran.err);
    let site = folder.files("book");
    let holds = |word: &str| -> Vec<&String> {
        let files = site.iter().filter(|(_, content)| String::from_utf8_lossy(content).contains(word));
        files.map(|(name, _)| name).collect()
    };
    assert_eq!(holds("canary"), Vec::<&String>::new());
    assert!(holds("visible").iter().any(|name| name.starts_with("search")), "{:?}", holds("visible"));
    for command in [&["search", "canary"][..], &["show", "1"], &["list"]] {
        let ran = Ran::of(precedent(&folder.path("")).args(command).output().unwrap());
        let said = ran.out.replace("canary`", "") + &ran.err.replace("canary`", "");
        assert!(!said.contains("canary"), "{command:?}: {said}");
    }
}

#[test]
fn a_vault_is_known_by_the_folder_of_its_settings() {
    let page = "-- a.md --\n# A\n\nvisible %%canary%%\n-- b/c.md --\n# C\n\nvisible %%canary%%\n";
    for (settings, opened, shows) in [
        (".obsidian/app.json", "", [false, false]),
        ("b/.obsidian/app.json", "", [true, false]),
        ("x/.obsidian/app.json", "", [true, true]),
        (".obsidian/app.json", "b", [false, false]),
        ("b/.obsidian", "", [true, true]),
    ] {
        let folder = Folder::with(page);
        folder.write(settings, "{}");
        folder.write(".gitignore", ".obsidian\n");
        let place = folder.path(opened);
        let ran = Ran::of(precedent(&place).args(["build", "-q"]).output().unwrap()).exits(0);
        let leaks = |name: &str| {
            let text = fs::read_to_string(place.join("book").join(name)).unwrap_or_default();
            assert!(text.is_empty() || text.contains("visible"));
            text.contains("canary")
        };
        let found = if opened.is_empty() { [leaks("a.html"), leaks("b/c.html")] } else { [false, leaks("c.html")] };
        assert_eq!(found, shows, "{settings} {opened}");
        assert_eq!(ran.err.contains("canary"), shows != [false, false], "{}", ran.err);
    }
}
