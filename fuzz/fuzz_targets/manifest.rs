//! What a folder says of itself is read or counts for nothing, and no plan leaves the folder.
#![no_main]

use std::cell::LazyCell;
use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use precedent::build::{Build, Inputs, Manifest, Memo, Outcome, Search, build, plan};
use precedent::file::Source;
use precedent::path::BookPath;

thread_local! {
    static SITE: LazyCell<Build> = LazyCell::new(|| {
        let path = BookPath::new("a.md").unwrap();
        let mut inputs = Inputs { listing: [path.clone()].into(), ..Inputs::default() };
        inputs.sources = BTreeMap::from([(path.clone(), Source::new(path, *b"# A\n"))]);
        match build(&inputs, &mut Memo::default()) {
            Outcome::Done(build) => *build,
            Outcome::Wants(wants) => panic!("everything is there, and yet it wants {wants:?}"),
        }
    });
}

fuzz_target!(|data: &[u8]| {
    let manifest: Manifest = precedent::data::from_json(data).unwrap_or_default();
    SITE.with(|site| {
        let plan = plan(site, &Search::None, &manifest);
        for path in &plan.remove {
            let plain = path.as_str().split('/').all(|name| !matches!(name, "" | "." | ".."));
            assert!(plain && !site.artifacts.contains_key(path), "{path}");
        }
        let again = precedent::data::to_json(&plan.manifest);
        assert_eq!(precedent::data::from_json::<Manifest>(again.as_bytes()).as_ref(), Some(&plan.manifest));
    });
});
