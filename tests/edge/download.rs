//! A scientist's download: Azul's manifest and command line, with one token.

use crate::support::{content, run, saved, stack};

#[test]
fn one_command_downloads_every_file_and_can_be_run_again() {
    let stack = stack();
    let directory = tempfile::tempdir().unwrap();
    // The command line that Azul gives its users.
    let command_line = format!(
        "curl --location --fail {} | curl --header \"{}\" --retry 15 --retry-delay 10 --config -",
        stack.manifest_url(),
        stack.mint().unwrap().header(),
    );
    assert!(run(&command_line, directory.path()));

    let saved = saved(directory.path());
    let mut expected: Vec<_> = (stack.library().readable().iter())
        .map(|file| content(&stack, file))
        .collect();
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
    assert!(run(&command_line, directory.path()));
    let again = stack.mirror().requests().len() - fetched;
    assert!(again <= 1, "{again} finished files were fetched again");
}
