//! Law 2: the same inputs give the same bytes, whatever the machine around them.

use std::path::Path;

use crate::memory::{Files, assert_same, built, files};
use crate::program::{Folder, precedent};

/// A book in which every stage has something to do.
fn book() -> Files {
    let mut book = String::new();
    for number in 0..24 {
        let other = (number * 7 + 3) % 24;
        let folder = ["decisions", "guidelines", "notes"][number % 3];
        let other_folder = ["decisions", "guidelines", "notes"][other % 3];
        book += &format!(
            "-- {folder}/{number:04}-page.md --\n---\ntags: [t{}, t{}]\n---\n# Page {number}\n\n## Status\n\nAccepted\n\n[o](../{other_folder}/{other:04}-page.md#page-{other}) [[{:04}-page]] [gone](gone.md)\n\n```python\nx = {number}\n```\n\n```mermaid\nflowchart LR\n  a{number} --> b\n```\n\n$x_{{{number}}}$ text[^1]\n\n[^1]: note\n",
            number % 5,
            number % 3,
            (number + 1) % 24,
        );
    }
    files(&book)
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let book = book();
    let with = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| built(&book));
    let one = with(1);
    for round in 0..4 {
        assert_same(&one, &with(4), &format!("between one thread and four, in round {round}"));
    }
}

#[test]
fn time_place_language_and_order_do_not_matter() {
    let book = book();
    let forward: Vec<(&String, &Vec<u8>)> = book.iter().collect();
    let backward: Vec<(&String, &Vec<u8>)> = book.iter().rev().collect();
    let build = |order: &[(&String, &Vec<u8>)], settings: &[(&str, &str)], from_inside: bool| {
        let folder = Folder::new();
        for (path, content) in order {
            folder.write(&format!("book/{path}"), content);
        }
        let mut command = precedent(&folder.path(if from_inside { "book/notes" } else { "" }));
        let place = if from_inside { folder.path("book") } else { Path::new("book").to_owned() };
        command.arg("build").arg(place).arg("-d").arg(folder.path("site")).envs(settings.iter().copied());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        folder.files("site")
    };
    let one = build(&forward, &[("LC_ALL", "C"), ("TZ", "Pacific/Kiritimati"), ("RAYON_NUM_THREADS", "1")], false);
    let other = build(
        &backward,
        &[("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Pacific/Pago_Pago"), ("RAYON_NUM_THREADS", "4"), ("HOME", "/nowhere")],
        true,
    );
    assert!(one.len() > 40, "{}", one.len());
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, content) in &one {
        assert!(other[path] == *content, "{path} differs");
    }
}
