//! From where on is announced, and up to where: never backwards, and also where the commits of before are gone.

use std::time::{SystemTime, UNIX_EPOCH};

use super::server::{Answer, Server};
use super::{BOOK, accept, announce, book, git};
use crate::program::Folder;

/// Commits everything, as it was done some hours ago.
fn commit_ago(folder: &Folder, hours: u64, options: &[&str]) {
    git(folder, &["add", "--all"]);
    let at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() - hours * 3600;
    let mut command = std::process::Command::new("git");
    command.current_dir(folder.path("")).args(["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("GIT_COMMITTER_DATE", format!("@{at} +0000"));
    assert!(command.args(["commit", "--quiet"]).args(options).status().unwrap().success());
}

#[test]
fn an_older_state_takes_nothing_back() {
    let folder = Folder::with(BOOK);
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    commit_ago(&folder, 72, &["--message", "Propose"]);
    accept(&folder);
    let server = Server::new(vec![Answer::ok(), Answer::ok(), Answer::ok()]);
    let state = ["--to", "slack", "--state", "../announced.json"];
    let run = |arguments: &[&str]| announce(&folder, &server, &[&state[..], arguments].concat());
    run(&[]).exits(0);
    let kept = folder.read("../announced.json");
    for arguments in [&["--until", "HEAD~1"][..], &["--until", "1d"], &["--since", "1w", "--until", "1d"]] {
        assert_eq!(run(arguments).exits(0).out, "nothing to announce\n", "{arguments:?}");
        assert_eq!(folder.read("../announced.json"), kept);
    }
    // Who asks for a part of it again gets it, and the rest stays announced.
    run(&["--again", "--until", "HEAD~1"]).exits(0);
    git(&folder, &["checkout", "--quiet", "HEAD~1"]);
    assert_eq!(run(&[]).exits(0).out, "nothing to announce\n");
    assert_eq!(run(&["--since", "last"]).exits(0).out, "nothing to announce\n");
    git(&folder, &["checkout", "--quiet", "main"]);
    assert_eq!(run(&[]).exits(0).out, "nothing to announce\n");
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn the_end_is_not_before_the_beginning() {
    let folder = book();
    accept(&folder);
    for (since, until) in [("yesterday", "2w"), ("HEAD", "HEAD~1")] {
        let ran = folder.run(&["announce", "--to", "markdown", "--since", since, "--until", until]).exits(2);
        assert!(ran.err.contains("error: the end lies before the beginning\nhelp: name an earlier"), "{}", ran.err);
    }
}

#[test]
fn who_goes_on_after_an_announcement_settles_it() {
    let folder = book();
    let server = Server::new(vec![Answer::Closed]);
    announce(&folder, &server, &["--to", "slack"]).exits(2);
    announce(&folder, &server, &["--to", "slack", "--since", "last", "--dry-run"]).exits(0);
    announce(&folder, &server, &["--to", "slack"]).exits(2);
    let ran = announce(&folder, &server, &["--to", "slack", "--since", "last"]).exits(0);
    assert_eq!(ran.out, "nothing to announce\n");
    assert!(ran.err.starts_with("note: the last announcement, up to ") && ran.err.ends_with("counts as sent\n"));
    let ran = announce(&folder, &server, &["--to", "slack"]).exits(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("nothing to announce\n", ""));
}

#[test]
fn a_commit_that_is_gone_leaves_its_time() {
    let folder = Folder::with(BOOK);
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    commit_ago(&folder, 3, &["--message", "Propose"]);
    let server = Server::new(vec![Answer::ok(), Answer::ok()]);
    announce(&folder, &server, &["--to", "slack"]).exits(0);
    commit_ago(&folder, 4, &["--amend", "--message", "Propose PostgreSQL"]);
    git(&folder, &["reflog", "expire", "--expire=now", "--all"]);
    git(&folder, &["gc", "--quiet", "--prune=now"]);
    let ran = announce(&folder, &server, &["--to", "slack"]).exits(0);
    assert_eq!(ran.out, "nothing to announce\n");
    accept(&folder);
    let warning = "warning: the last announced commit ";
    let ran = folder.run(&["changes", "--since", "last"]).exits(0);
    assert!(ran.out.contains("Proposed → Accepted") && ran.err.starts_with(warning), "{ran:?}");
    let ran = announce(&folder, &server, &["--to", "slack"]).exits(0);
    assert!(ran.err.starts_with(warning) && ran.err.contains(" is gone: telling what changed since 20"), "{}", ran.err);
    let ran = announce(&folder, &server, &["--to", "slack"]).exits(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("nothing to announce\n", ""));
    let requests = server.requests();
    assert!(requests.len() == 2 && requests[1].body.contains("Proposed → Accepted"), "{requests:?}");
}

#[test]
fn a_scope_that_no_record_has_is_refused() {
    let folder = book();
    folder.write("payments/decisions/0001-use-stripe.md", "# 1. Use Stripe\n\n## Status\n\nAccepted\n");
    super::commit(&folder, "Use Stripe");
    let run = |scope| folder.run(&["announce", "--to", "markdown", "--scope", scope]);
    let ran = run("paymets").exits(2);
    assert!(ran.err.contains("error: there is no scope `paymets`\nhelp: there are payments"), "{}", ran.err);
    assert!(run("payments").exits(0).out.contains("Use Stripe"));
    assert_eq!(run("payments").exits(0).err, "nothing to announce\n");
    // The last of its scope is told when it goes.
    std::fs::remove_file(folder.path("payments/decisions/0001-use-stripe.md")).unwrap();
    super::commit(&folder, "Remove Stripe");
    assert!(run("payments").exits(0).out.contains("Use Stripe"));
}
