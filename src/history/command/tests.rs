use std::fs;

use super::super::tests::{Sandbox, log_of, long};
use super::*;

/// Writes a program that leaves a file when it is run, and returns its path.
#[cfg(unix)]
fn trap(folder: &Path) -> String {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("trap.sh");
    fs::write(&path, format!("#!/bin/sh\ntouch '{}/ran'\ncat\n", folder.display())).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.display().to_string()
}

#[cfg(unix)]
#[test]
fn no_filter_of_the_repository_runs() {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", "1");
    sandbox.commit(1, "start");
    let outside = tempfile::tempdir().unwrap();
    let trap = trap(outside.path());
    for key in ["filter.x=y.clean", "filter.x=y.process", "filter.lfs.clean"] {
        sandbox.git(&["config", key, &trap]);
    }
    sandbox.git(&["config", "filter.lfs.required", "true"]);
    sandbox.write(".git/info/attributes", "*.py filter=x=y\n*.md filter=lfs\n");
    sandbox.write("a.py", "2");
    sandbox.write("b.md", "new");
    assert_eq!(sandbox.open().changed("HEAD").unwrap(), ["a.py", "b.md"]);
    assert!(!outside.path().join("ran").exists());
}

#[cfg(unix)]
#[test]
fn what_a_partial_clone_lacks_is_not_fetched() {
    let sandbox = Sandbox::new();
    sandbox.write("old.md", &long(""));
    sandbox.commit(1, "start");
    sandbox.git(&["mv", "old.md", "new.md"]);
    sandbox.write("new.md", &long("changed"));
    sandbox.commit(2, "rename");
    let outside = tempfile::tempdir().unwrap();
    let blob = sandbox.git(&["rev-parse", "HEAD~1:old.md"]);
    fs::remove_file(sandbox.folder.path().join(format!(".git/objects/{}/{}", &blob[..2], &blob[2..]))).unwrap();
    let url = format!("ext::{}", trap(outside.path()));
    for (key, value) in [
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("protocol.ext.allow", "always"),
        ("protocol.allow", "always"),
        ("remote.origin.url", &url),
    ] {
        sandbox.git(&["config", key, value]);
    }
    let log = log_of(&sandbox.open(), &[]);
    assert!(log.lacks_contents && log.files["new.md"].len() == 1, "{log:?}");
    assert!(!outside.path().join("ran").exists());
}

#[test]
fn a_hook_s_variables_do_not_lead_to_its_repository() {
    let command = command(Path::new("."), &["status"]);
    let set = |name: &str| command.get_envs().find(|(key, _)| *key == name).map(|(_, value)| value.is_some());
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ICASE_PATHSPECS"] {
        assert_eq!(set(variable), Some(false), "{variable}");
    }
    for variable in ["GIT_OPTIONAL_LOCKS", "GIT_NO_LAZY_FETCH", "GIT_ALLOW_PROTOCOL"] {
        assert_eq!(set(variable), Some(true), "{variable}");
    }
    assert_eq!(set("GIT_CONFIG_COUNT"), None);
}
