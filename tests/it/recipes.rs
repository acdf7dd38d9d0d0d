//! Recipes for CI services: what they run in a shell is run here, in a real repository with a real remote.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::program::Folder;

/// A service: its name, its recipe, and the variables by which it tells of the branch that a change goes to, of a fork, and
/// of the address of the site.
struct Service {
    name: &'static str,
    recipe: &'static str,
    change: &'static [(&'static str, &'static str)],
    fork: &'static [(&'static str, &'static str)],
    address: &'static [(&'static str, &'static str)],
    site: &'static str,
}

const SERVICES: &[Service] = &[
    Service {
        name: "github",
        recipe: ".github/workflows/precedent.yml",
        change: &[("BASE", "main"), ("FORK", "false")],
        fork: &[("FORK", "true")],
        address: &[("SITE_URL", "https://a.example/b/")],
        site: "site",
    },
    Service {
        name: "gitlab",
        recipe: ".gitlab/precedent.yml",
        change: &[
            ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
            ("CI_MERGE_REQUEST_PROJECT_ID", "1"),
            ("CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "1"),
        ],
        fork: &[("CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "2")],
        address: &[("CI_PAGES_URL", "https://a.example/b")],
        site: "public",
    },
    Service {
        name: "jenkins",
        recipe: "Jenkinsfile",
        change: &[("BASE", "main"), ("FORK", "")],
        fork: &[("FORK", "true")],
        address: &[("SITE_URL", "https://a.example/b/")],
        site: "site",
    },
    Service {
        name: "circleci",
        recipe: ".circleci/config.yml",
        change: &[("CIRCLE_BRANCH", "change")],
        fork: &[("CIRCLE_PR_USERNAME", "eve")],
        address: &[("SITE_URL", "https://a.example/b/")],
        site: "site",
    },
    Service {
        name: "azure",
        recipe: "azure-pipelines.yml",
        change: &[("SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/main"), ("SYSTEM_PULLREQUEST_ISFORK", "False")],
        fork: &[("SYSTEM_PULLREQUEST_ISFORK", "True")],
        address: &[("SITE_URL", "https://a.example/b/")],
        site: "site",
    },
    Service {
        name: "shell",
        recipe: "precedent-ci.sh",
        change: &[("BASE", "main")],
        fork: &[("FORK", "true")],
        address: &[("SITE_URL", "https://a.example/b/")],
        site: "site",
    },
];

/// What a recipe runs.
#[derive(Debug, Default)]
struct Scripts {
    install: String,
    check: String,
    publish: String,
}

/// Finds what a recipe runs in a shell: a text of several lines, or one that calls the program.
fn scripts(service: &Service, text: &str) -> Scripts {
    let mut all = Vec::new();
    match service.name {
        "shell" => {
            let run = |what: &str| format!("set -- {what}\n{}", text.replace("cd \"$(dirname \"$0\")\"", ""));
            return Scripts { install: run("check"), check: run("check"), publish: run("publish") };
        }
        "jenkins" => all.extend(text.split("'''").skip(1).step_by(2).map(str::to_owned)),
        _ => gather(&serde_yaml::from_str::<Value>(text).unwrap(), &mut all),
    }
    let with =
        |mark: &str| all.iter().find(|script| script.contains(mark)).unwrap_or_else(|| panic!("{mark}: {all:?}"));
    Scripts {
        install: with("sh -c \"$PRECEDENT_INSTALL\"").clone(),
        check: with("precedent check").clone(),
        publish: with("precedent build").clone(),
    }
}

fn gather(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.contains('\n') => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| gather(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| gather(value, found)),
        _ => {}
    }
}

/// Runs a script as a service does: with the program on the path, and nothing of this process's own variables.
fn run(folder: &Folder, script: &str, variables: &[&[(&str, &str)]]) -> Output {
    let programs = Path::new(env!("CARGO_BIN_EXE_precedent")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    Command::new("sh")
        .args(["-e", "-c", script])
        .current_dir(folder.path(""))
        .env_clear()
        .env("PATH", path)
        .env("HOME", folder.path(""))
        .env("PRECEDENT_CACHE_DIR", folder.cache())
        .envs(variables.iter().flat_map(|some| some.iter().copied()))
        .output()
        .unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn git(folder: &Folder, arguments: &str) {
    let ran = Command::new("git").args(arguments.split(' ')).current_dir(folder.path("")).output().unwrap();
    assert!(ran.status.success(), "git {arguments}: {}", err(&ran));
}

/// A book in a folder of a repository, whose branch `main` is at its remote; the branch `change` is checked out.
fn repository(recipe: &str, install: &str) -> Folder {
    let folder = Folder::with(
        "-- docs/book.toml --\n[book]\ntitle = \"Handbook\"\n-- docs/index.md --\n# Home\n-- docs/adr/0001-a.md --\n# 1. A\n\n## Status\n\nAccepted\n",
    );
    git(&folder, "init -q -b main");
    folder.run(&["ci", recipe, "docs", "--install", install]).exits(0);
    for command in [
        "config user.name Ann",
        "config user.email ann@example.org",
        "add .",
        "commit -q -m first",
        "clone -q --bare . ../origin.git",
        "remote add origin ../origin.git",
        "fetch -q origin",
        "checkout -q -b change",
    ] {
        git(&folder, command);
    }
    folder
}

#[test]
fn every_recipe_checks_and_publishes() {
    for service in SERVICES {
        let folder = repository(service.name, "echo it is 'here' > \"installed\"");
        let scripts = scripts(service, &folder.read(service.recipe));
        let install: &[(&str, &str)] = &[("PRECEDENT_INSTALL", "echo it is 'here' > \"installed\"")];
        let name = service.name;

        let ran = run(&folder, &scripts.install, &[install, service.change]);
        assert!(ran.status.success(), "{name}: {}", err(&ran));
        assert_eq!(folder.read("installed"), "it is here\n", "{name}");
        let ran = run(&folder, &scripts.check, &[install, service.change]);
        assert!(ran.status.success(), "{name}: {}", err(&ran));

        assert!(folder.read(".precedent-changes.md").contains("Nothing changed"), "{name}: reviewers are told");

        // A number that `main` has given in the meantime is found, so the branch was asked for.
        folder.write("docs/adr/0002-mine.md", "# 2. Mine\n\n## Status\n\nAccepted\n");
        git(&folder, "checkout -q main");
        folder.write("docs/adr/0002-theirs.md", "# 2. Theirs\n\n## Status\n\nAccepted\n");
        for command in
            ["add docs/adr/0002-theirs.md", "commit -q -m second", "push -q origin main", "checkout -q change"]
        {
            git(&folder, command);
        }
        let ran = run(&folder, &scripts.check, &[install, service.change]);
        assert!(!ran.status.success() && err(&ran).contains("0002-theirs.md"), "{name}: {}", err(&ran));
        let told = folder.read(".precedent-changes.md");
        assert!(told.contains("ADR-0002 Mine") && told.contains("Numbers that collide"), "{name}: {told}");
        std::fs::remove_file(folder.path("docs/adr/0002-mine.md")).unwrap();

        // A finding fails the check. What a stranger sets has no effect.
        folder.write("docs/index.md", "# Home\n\n[gone](gone.md) <script>alert(1)</script>\n");
        folder.write("docs/book.toml", "[markdown]\nhtml = \"trusted\"\n[rules]\nbroken-link = \"allow\"\n");
        let ran = run(&folder, &scripts.check, &[install, service.change]);
        assert!(!err(&ran).contains("unsafe-html"), "{name}: {}", err(&ran));
        let ran = run(&folder, &scripts.check, &[install, service.change, service.fork]);
        assert!(!ran.status.success() && err(&ran).contains("unsafe-html"), "{name}: {}", err(&ran));

        git(&folder, "checkout -q -f main");
        let publish: &[(&str, &str)] = &[("PRECEDENT_PUBLISH", "ls > published")];
        let ran = run(&folder, &scripts.publish, &[install, service.address, publish]);
        assert!(ran.status.success(), "{name}: {}", err(&ran));
        let page = folder.read(&format!("{}/index.html", service.site));
        assert!(page.contains("https://a.example/b/index.html"), "{name}: the site knows its address");
        if !["github", "gitlab"].contains(&name) {
            assert!(folder.read("published").contains("site"), "{name}");
        }
    }
}

/// What stands for GitHub: it notes what it is asked, and answers from files.
const GH: &str = r#"#!/bin/sh
printf '%s\n' "$*" >> asked
case "$*" in
"run download"*) [ -f artifact ] && mkdir -p changes && cp artifact changes/.precedent-changes.md ;;
*"repos/o/r/pulls"*) cat pulls ;;
*"--paginate"*) cat comments ;;
*) cat comment.md > posted ;;
esac
"#;

#[test]
#[cfg(unix)]
fn a_comment_of_a_pull_request_is_posted_once_and_then_edited_whatever_a_stranger_left() {
    use std::os::unix::fs::PermissionsExt;

    let folder = repository("github", "true");
    let workflow = folder.read(".github/workflows/precedent-comment.yml");
    let mut scripts = Vec::new();
    gather(&serde_yaml::from_str::<Value>(&workflow).unwrap(), &mut scripts);
    assert!(!workflow.contains("checkout"), "it runs nothing of the pull request");
    folder.write("bin/gh", GH);
    std::fs::set_permissions(folder.path("bin/gh"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let script = format!("export PATH=\"$PWD/bin:$PATH\"\n{}", scripts.concat());
    let variables: &[(&str, &str)] =
        &[("REPOSITORY", "o/r"), ("RUN", "7"), ("HEAD", "eve:x&y"), ("SHA", "abc"), ("GH_TOKEN", "t")];

    // A check that told nothing leaves nothing behind.
    assert!(run(&folder, &script, &[variables]).status.success());
    assert!(!folder.path("posted").exists());

    folder.write("docs/adr/0002-b.md", "# 2. B\n\n## Status\n\nProposed\n\n## Context\n\nWhy.\n");
    let told = folder.run(&["changes", "-C", "docs", "--against", "main", "--format", "markdown"]).exits(0).out;
    folder.write(
        "artifact",
        format!("{told}\n<img src=x onerror=alert(1)> @team ![a](https://evil.example/a.png) \u{1b}[31m"),
    );
    folder.write("pulls", "12\n");
    folder.write("comments", "");
    let ran = run(&folder, &script, &[variables]);
    assert!(ran.status.success(), "{}", err(&ran));
    let posted = folder.read("posted");
    assert!(posted.starts_with("<!-- precedent:changes -->\n## Handbook\n"), "{posted}");
    assert!(posted.contains("ADR-0002 B"), "{posted}");
    assert!(
        !posted[1..].contains('<') && !posted.contains("@team") && !posted.contains("![") && !posted.contains('\u{1b}')
    );
    assert!(folder.read("asked").contains("--method POST repos/o/r/issues/12/comments"), "{}", folder.read("asked"));

    folder.write("comments", "99\n");
    assert!(run(&folder, &script, &[variables]).status.success());
    assert!(folder.read("asked").contains("--method PATCH repos/o/r/issues/comments/99"));

    folder.write("artifact", "x".repeat(65_001));
    assert!(!run(&folder, &script, &[variables]).status.success());
    folder.write("artifact", "a\n");
    folder.write("pulls", "");
    std::fs::remove_file(folder.path("posted")).unwrap();
    assert!(run(&folder, &script, &[variables]).status.success());
    assert!(!folder.path("posted").exists(), "the pull request has another commit by now");
}

#[test]
fn a_recipe_that_is_not_filled_in_fails_with_one_line() {
    for service in SERVICES {
        let folder = repository(service.name, "");
        let scripts = scripts(service, &folder.read(service.recipe));
        let ran = run(&folder, &scripts.install, &[&[("PRECEDENT_INSTALL", "")], service.change]);
        let expected = format!(
            "error: PRECEDENT_INSTALL in {} is empty: write there the command that installs Precedent\n",
            service.recipe
        );
        assert_eq!((ran.status.code(), err(&ran)), (Some(1), expected), "{}", service.name);
    }
}

#[test]
fn a_new_book_may_have_a_recipe_and_nothing_is_written_over() {
    let folder = Folder::new();
    let made = folder.run(&["init", "--ci", "gitlab"]).exits(0).out;
    assert!(
        made.contains("created .gitlab/precedent.yml\ncreated .gitlab-ci.yml\nnote: fill in PRECEDENT_INSTALL"),
        "{made}"
    );
    folder.write(".gitlab/precedent.yml", "mine");
    let kept = folder.run(&["ci", "gitlab"]).exits(0).out;
    assert!(kept.starts_with("kept    .gitlab/precedent.yml\nkept    .gitlab-ci.yml\n"), "{kept}");
    assert!(kept.contains("note: add to `.gitlab-ci.yml`:\ninclude:\n  - local: .gitlab/precedent.yml\n"), "{kept}");
    assert_eq!(folder.read(".gitlab/precedent.yml"), "mine");
    git(&folder, "init -q");
    folder.write("it's/book.toml", "");
    let refused = folder.run(&["ci", "shell", "it's"]).exits(2).err;
    assert!(refused.contains("the path `it's` of the book has characters"), "{refused}");
}
