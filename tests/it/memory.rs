//! Books that exist in memory only, and what a build makes of them.

use std::collections::BTreeMap;

use precedent::build::{Build, Inputs, Memo, Outcome, Parts, build};
use precedent::file::Source;
use precedent::path::{BookPath, SitePath};

/// The files of a book by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Returns the files of a book written as `-- path --` sections.
pub fn files(book: &str) -> Files {
    let sections = book.split("-- ").skip(1);
    sections
        .filter_map(|section| section.split_once(" --\n"))
        .map(|(name, text)| (name.to_owned(), text.into()))
        .collect()
}

/// Returns the inputs of a build, with every file read.
pub fn inputs(files: &Files) -> Inputs {
    let mut inputs = Inputs { folder_name: "my-book".to_owned(), ..Inputs::default() };
    for (name, content) in files {
        let path = BookPath::new(name).unwrap();
        inputs.listing.insert(path.clone());
        inputs.sources.insert(path.clone(), Source::new(path, content.as_slice()));
    }
    inputs
}

/// Builds with a memo. Everything is read, so nothing can be wanted.
pub fn built_with(files: &Files, memo: &mut Memo) -> Build {
    match build(&inputs(files), memo) {
        Outcome::Done(build) => *build,
        Outcome::Wants(wants) => panic!("every file is there, and yet it wants {wants:?}"),
    }
}

/// Returns a memo as another process reads it.
pub fn parts_of(memo: &Memo) -> Parts {
    let mut parts: [Vec<u8>; 6] = Default::default();
    let Ok(()) = memo.write(|at, piece| {
        parts[at].extend_from_slice(piece);
        Ok::<(), std::convert::Infallible>(())
    });
    parts.map(Into::into)
}

/// Builds from nothing.
pub fn built(files: &Files) -> Build {
    built_with(files, &mut Memo::default())
}

/// Returns a file of the site as text.
pub fn text(build: &Build, path: &str) -> String {
    let artifact = build.artifacts.get(&SitePath::new(path).unwrap());
    let artifact = artifact.unwrap_or_else(|| panic!("no {path} among {:?}", build.artifacts.keys()));
    String::from_utf8(artifact.bytes().to_vec()).unwrap()
}

/// Everything of a build that a user can see, in a form that tells where two differ.
pub fn shown(build: &Build) -> BTreeMap<String, String> {
    let Build { artifacts, findings, counts, language, title, folder, src, .. } = build;
    let mut all: BTreeMap<String, String> = artifacts
        .iter()
        .map(|(path, artifact)| (format!("file {path}"), String::from_utf8_lossy(&artifact.bytes()).into_owned()))
        .collect();
    for (path, artifact) in artifacts {
        assert_eq!(*path, artifact.path);
        assert_eq!(artifact.fingerprint, precedent::fingerprint::Fingerprint::of_bytes(&artifact.bytes()));
    }
    all.insert("documents".into(), format!("{:#?}", build.contents()));
    all.insert("findings".into(), format!("{findings:#?}"));
    let pages = precedent::build::Counts { parsed: 0, rendered: 0, ..*counts };
    all.insert("rest".into(), format!("{pages:?} {language} {title} {folder} {src}"));
    all
}

/// Asserts that two builds show the same, and names the first difference.
pub fn assert_same(one: &Build, other: &Build, when: &str) {
    let (one, other) = (shown(one), shown(other));
    let names = |all: &BTreeMap<String, String>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&other), "{when}");
    for (name, text) in &one {
        assert_eq!(text, &other[name], "{name} differs {when}");
    }
}
