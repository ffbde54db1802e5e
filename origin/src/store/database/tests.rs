//! Tests of [`super`].

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use tempfile::tempdir;

use super::{Store, StoreFault};

#[test]
fn only_the_owner_can_read_a_store() {
    let directory = tempdir().unwrap();
    let path = directory.path().join("store");
    drop(Store::open_or_create(&path).unwrap());
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert!(Store::open(&path).is_ok());
    assert!(Store::open_or_create(&path).is_ok());
}

#[test]
fn one_process_has_a_store_at_a_time() {
    let directory = tempdir().unwrap();
    let path = directory.path().join("store");
    let _open = Store::open_or_create(&path).unwrap();
    for second in [Store::open(&path), Store::open_or_create(&path)] {
        let fault = second.err().unwrap().to_string();
        let expected = format!(
            "{} is in use by another azat: stop it first",
            path.display()
        );
        assert_eq!(fault, expected);
    }
}

#[test]
fn what_is_not_a_store_is_left_alone() {
    let directory = tempdir().unwrap();
    let path = directory.path().join("notes.txt");
    assert!(matches!(Store::open(&path), Err(StoreFault::Missing(_))));
    fs::write(&path, "not a store\n".repeat(1000)).unwrap();
    for opened in [Store::open(&path), Store::open_or_create(&path)] {
        assert!(matches!(opened, Err(StoreFault::Unopenable { .. })));
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "not a store\n".repeat(1000)
    );
    let nowhere = Store::open_or_create(&directory.path().join("no/such/store"));
    assert!(matches!(nowhere, Err(StoreFault::Uncreatable { .. })));
}
