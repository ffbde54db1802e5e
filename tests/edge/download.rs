//! A scientist's download: Azul's manifest and command line, with one token.

use std::process::Command;

use crate::support::{content, stack};

/// The command line that Azul gives its users, in an empty directory.
fn download(stack: &azat_testbed::Stack, directory: &std::path::Path) -> std::process::ExitStatus {
    let token = stack.mint().unwrap();
    let command = format!(
        "curl --location --fail {} | curl --header \"{}\" --retry 15 --retry-delay 10 --config -",
        stack.manifest_url(),
        token.header(),
    );
    Command::new("bash")
        .args(["-c", &format!("set -o pipefail; {command}")])
        .current_dir(directory)
        .output()
        .unwrap()
        .status
}

#[test]
fn one_command_downloads_every_file_and_can_be_run_again() {
    let stack = stack();
    let directory = tempfile::tempdir().unwrap();
    assert!(download(&stack, directory.path()).success());

    let mut saved = Vec::new();
    for folder in std::fs::read_dir(directory.path()).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            saved.push(std::fs::read(file.unwrap().path()).unwrap());
        }
    }
    let mut expected: Vec<_> = stack
        .library()
        .readable()
        .iter()
        .map(|file| content(&stack, file))
        .collect();
    saved.sort();
    expected.sort();
    assert!(
        saved == expected,
        "{} files instead of {}",
        saved.len(),
        expected.len()
    );

    let calls = stack.origin_calls().unwrap();
    assert_eq!(calls["/edge/files/{catalog}/{uuid}"], expected.len() as u64);
    assert_eq!(calls["/edge/entitlements"], 1);

    // Once more: every file is whole, and resumed with nothing.
    let fetched = stack.mirror().requests().len();
    assert!(download(&stack, directory.path()).success());
    let again = stack.mirror().requests().len() - fetched;
    assert!(again <= 1, "{again} finished files were fetched again");
}
