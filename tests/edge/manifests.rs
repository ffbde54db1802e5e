//! Manifests whose files change after they were asked for, or have names that get in each other's
//! way: what the real curl makes of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use azat_testbed::{SampleFile, Stack};
use serde_json::{Value, json};

use crate::support::{content, large, ordinary, run, sign_in};

const BUNDLE: &str = "9ea02f60-ba2a-4b78-a9fc-f86cf954082b";

fn stack() -> Stack {
    Stack::builder().with_sessions().start().unwrap()
}

/// The record of one more file with the content of `file`.
fn another(file: &SampleFile, number: usize, changes: Value) -> Value {
    let mut record = serde_json::to_value(file).unwrap();
    record["uuid"] = format!("{number:032}").into();
    for (name, value) in changes.as_object().unwrap() {
        record[name] = value.clone();
    }
    record
}

/// Everything that was saved below a directory: its path within it, and its content.
fn tree(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut left = vec![directory.to_owned()];
    while let Some(next) = left.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else {
                let below = path.strip_prefix(directory).unwrap().to_str().unwrap();
                found.insert(below.to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn a_source_that_is_withdrawn_does_not_end_the_batch() {
    let mut stack = stack();
    let readable = stack.library().readable_source();
    let more = [1, 2].map(|number| another(&ordinary(&stack), number, json!({"source": "lent"})));
    stack.import_files(&more).unwrap();
    stack.set_sources(&[readable, "lent"]).unwrap();
    let (command_line, _) = sign_in(&stack);
    stack.set_sources(&[readable]).unwrap();
    let directory = tempfile::tempdir().unwrap();
    assert!(run(&command_line, directory.path()));
    let files = stack.library().readable().len();
    assert_eq!(tree(directory.path()).len(), files);

    // What is given again is on the same manifest again.
    stack.set_sources(&[readable, "lent"]).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let manifest = command_line.split(" | ").next().unwrap();
    assert!(run(&format!("{manifest} > manifest"), elsewhere.path()));
    let manifest = fs::read_to_string(elsewhere.path().join("manifest")).unwrap();
    assert_eq!(manifest.matches("\nurl=").count(), files + 2);
}

#[test]
fn names_that_some_computer_confuses_are_saved_apart() {
    let mut stack = stack();
    let file = ordinary(&stack);
    let names = [
        "Reads.txt",
        "reads.txt",
        "\u{e9}",
        "e\u{301}",
        "a",
        "a/b",
        "x_/y",
        "x:",
        "twice",
        "twice",
    ];
    let records: Vec<_> = (1..)
        .zip(names)
        .map(|(number, name)| another(&file, number, json!({"name": name, "bundle": BUNDLE})))
        .collect();
    let printed = stack.import_files(&records).unwrap();
    assert_eq!(printed.lines().count(), 1 + 5, "{printed}");
    assert!(printed.contains("reads-00000000.txt, not as"), "{printed}");
    let (command_line, _) = sign_in(&stack);
    let directory = tempfile::tempdir().unwrap();
    assert!(run(&command_line, directory.path()));
    let saved = tree(&directory.path().join(BUNDLE));
    assert_eq!(saved.len(), names.len(), "{:?}", saved.keys());
    for (path, saved) in saved {
        assert!(saved == content(&stack, &file), "{path}");
    }
}

#[test]
fn bytes_of_two_versions_are_never_joined() {
    let mut stack = stack();
    let (file, other) = (large(&stack), ordinary(&stack));
    let (command_line, _) = sign_in(&stack);
    let directory = tempfile::tempdir().unwrap();
    let path = directory
        .path()
        .join(format!("{}/{}", file.uuid, file.name));
    fs::create_dir(path.parent().unwrap()).unwrap();
    fs::write(&path, &content(&stack, &file)[..1_000]).unwrap();
    let mut newer = serde_json::to_value(&other).unwrap();
    newer["uuid"] = file.uuid.clone().into();
    newer["name"] = file.name.clone().into();
    newer["version"] = "2025-01-01T00:00:00.000000Z".into();
    stack.import_files(&[newer]).unwrap();
    assert!(run(&command_line, directory.path()));
    assert!(fs::read(&path).unwrap() == content(&stack, &file));
}
