//! Tests of [`super`].

use serde_json::json;

use super::OutputPath;
use crate::file::File;
use crate::samples::{UUID, file_line};

fn path(name: &str) -> OutputPath {
    let line = file_line(json!({"name": name}));
    serde_json::from_value::<File>(line).unwrap().own_path()
}

fn folded(name: &str) -> String {
    path(name).folded().as_str().to_owned()
}

#[test]
fn names_that_some_computer_confuses_fold_to_one() {
    let pairs = [
        ("Reads.txt", "reads.txt"),
        ("\u{e9}t\u{e9}", "e\u{301}te\u{301}"),
        ("\u{c9}", "e\u{301}"),
        ("stra\u{df}e", "STRASSE"),
        ("\u{3a3}", "\u{3c2}"),
        ("x:", "x_"),
        ("x:/y", "x_/Y"),
        // Marks in another order.
        ("a\u{323}\u{307}", "a\u{307}\u{323}"),
    ];
    for (one, other) in pairs {
        assert_eq!(folded(one), folded(other), "{one} {other}");
    }
    for (one, other) in [("a", "b"), ("e", "\u{e9}"), ("a/b", "a_b"), ("a", "a.txt")] {
        assert_ne!(folded(one), folded(other), "{one} {other}");
    }
}

#[test]
fn a_mark_ends_the_stem_of_one_component() {
    let marked = |name: &str, component| {
        let marked = path(name).marked(component, "10b5aa79");
        marked
            .as_str()
            .strip_prefix(&format!("{UUID}/"))
            .unwrap()
            .to_owned()
    };
    assert_eq!(marked("reads.fastq.gz", 1), "reads-10b5aa79.fastq.gz");
    assert_eq!(marked("reads", 1), "reads-10b5aa79");
    assert_eq!(marked(".bashrc", 1), ".bashrc-10b5aa79");
    assert_eq!(marked("a.b/c.d", 1), "a-10b5aa79.b/c.d");
    assert_eq!(marked("a.b/c.d", 2), "a.b/c-10b5aa79.d");
}

#[test]
fn a_marked_name_is_not_too_long() {
    for name in [
        "a".repeat(255),
        format!("{}.txt", "a".repeat(251)),
        format!("a.{}", "b".repeat(253)),
        format!("{}.bam", "\u{1f9ec}".repeat(62)),
    ] {
        let marked = path(&name).marked(1, "10b5aa79");
        let name = marked.as_str().rsplit('/').next().unwrap();
        assert!((247..=255).contains(&name.len()), "{name}");
        assert!(name.contains("-10b5aa79"), "{name}");
    }
}

#[test]
fn directories_are_those_below_the_first() {
    let folded = path("a/b/c").folded();
    let directories: Vec<_> = folded.directories().collect();
    let expected = [(1, format!("{UUID}/a")), (2, format!("{UUID}/a/b"))];
    let expected: Vec<_> = expected
        .iter()
        .map(|(number, path)| (*number, path.as_str()))
        .collect();
    assert_eq!(directories, expected);
    assert_eq!(folded.last_component(), 3);
}
