//! Tests of [`super`].

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;
use tempfile::tempdir;

use super::{Store, StoreFault};
use crate::samples::{file_line, lines};
use crate::store::{Checked, Compacted};

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
    let (link, nowhere) = (
        directory.path().join("link"),
        directory.path().join("nowhere"),
    );
    std::os::unix::fs::symlink(&nowhere, &link).unwrap();
    assert!(Store::open_or_create(&link).is_err());
    assert!(!nowhere.exists());
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

#[test]
fn the_store_of_another_version_is_refused_and_left_alone() {
    let directory = tempdir().unwrap();
    let path = directory.path().join("store");
    let database = redb::Database::create(&path).unwrap();
    let transaction = database.begin_write().unwrap();
    let users: redb::TableDefinition<'_, &str, &str> = redb::TableDefinition::new("users");
    transaction
        .open_table(users)
        .unwrap()
        .insert("a", "b")
        .unwrap();
    transaction.commit().unwrap();
    drop(database);
    for opened in [Store::open(&path), Store::open_or_create(&path)] {
        assert!(matches!(opened, Err(StoreFault::OfAnotherVersion(_))));
    }
    let database = redb::Database::open(&path).unwrap();
    let reading = redb::ReadableDatabase::begin_read(&database).unwrap();
    assert!(
        reading
            .open_table(users)
            .unwrap()
            .get("a")
            .unwrap()
            .is_some()
    );
}

#[test]
fn compacting_gives_space_back_and_changes_nothing() {
    let directory = tempdir().unwrap();
    let path = directory.path().join("store");
    let store = Store::open_or_create(&path).unwrap();
    let import = |size: u64| {
        let files = lines(
            (0..2_000)
                .map(|number| file_line(json!({"uuid": format!("{number:032}"), "size": size}))),
        );
        store.import_files(files.as_bytes()).unwrap();
    };
    for size in 0..4 {
        import(size);
    }
    let revision = store.revision().unwrap();
    let Compacted { before, after } = store.compact().unwrap();
    assert!(after < before / 2, "{before} bytes became {after}");
    assert_eq!(fs::metadata(&path).unwrap().len(), after);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.revision().unwrap(), revision);
    let mut faults = Vec::new();
    store
        .check(|checked| {
            if let Checked::Fault(fault) = checked {
                faults.push(fault);
            }
        })
        .unwrap();
    assert_eq!(faults, []);
}
