//! Tests of [`super`].

use super::*;

#[test]
fn files_are_found_in_subdirectories() {
    let kept = tempfile::tempdir().unwrap();
    let directory = kept.path();
    std::fs::create_dir_all(directory.join("a/b")).unwrap();
    std::fs::write(directory.join("a/b/c d"), "123").unwrap();
    std::fs::write(directory.join("e"), "").unwrap();
    let mut files = files_below(directory).unwrap();
    files.sort();
    assert_eq!(files, [PathBuf::from("a/b/c d"), PathBuf::from("e")]);
}
