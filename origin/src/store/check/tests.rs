//! Tests of [`super`].

use std::path::PathBuf;

use azat_edge::file::Catalog;
use azat_edge::time::UnixTime;
use redb::Database;
use serde_json::json;
use tempfile::{TempDir, tempdir};

use super::Checked;
use crate::samples::{self, UUID, VERSION, file_line, lines, user_line};
use crate::store::listing::{Readable, Selection};
use crate::store::row::FORM;
use crate::store::tables::{FILES, MANIFEST_ENDS, PATHS, SHELF_LENGTHS, SHELVES, USERS};
use crate::store::{Finding, Store};

struct Spoiled {
    _directory: TempDir,
    path: PathBuf,
}

impl Spoiled {
    /// A good store that something was done to behind its back.
    fn by(spoil: impl FnOnce(&redb::WriteTransaction)) -> Self {
        let directory = tempdir().unwrap();
        let path = directory.path().join("store");
        let store = Store::open_or_create(&path).unwrap();
        store
            .put_signing_key(samples::signing_key(), UnixTime::now())
            .unwrap();
        store
            .import_users(lines([user_line(json!({}))]).as_bytes())
            .unwrap();
        store
            .import_files(lines([file_line(json!({}))]).as_bytes())
            .unwrap();
        drop(store);
        let database = Database::open(&path).unwrap();
        let transaction = database.begin_write().unwrap();
        spoil(&transaction);
        transaction.commit().unwrap();
        Self {
            _directory: directory,
            path,
        }
    }

    fn checked(&self) -> Vec<Checked> {
        let mut checked = Vec::new();
        Store::open(&self.path)
            .unwrap()
            .check(|one| checked.push(one))
            .unwrap();
        checked
    }

    fn faults(&self) -> Vec<String> {
        let faults = self
            .checked()
            .into_iter()
            .filter_map(|checked| match checked {
                Checked::Fault(finding) => Some(finding.to_string()),
                Checked::Table { .. } => None,
            });
        faults.collect()
    }
}

fn key() -> String {
    format!("demo/{UUID}/{VERSION}")
}

#[test]
fn a_good_store_has_its_rows_counted() {
    let counted: Vec<_> = Spoiled::by(|_| {})
        .checked()
        .into_iter()
        .map(|checked| match checked {
            Checked::Table { name, rows } => format!("{name} {rows}"),
            Checked::Fault(finding) => panic!("{finding}"),
        })
        .collect();
    let expected = [
        "signing_keys 1",
        "users 1",
        "sessions 0",
        "jti_windows 0",
        "files 1",
        "shelves 1",
        "manifests 0",
    ];
    assert_eq!(counted, expected);
}

#[test]
fn rows_that_cannot_be_read_are_named() {
    let spoiled = Spoiled::by(|transaction| {
        let mut users = transaction.open_table(USERS).unwrap();
        users
            .insert("a#b", (FORM, 1, 1, r#"{"issuer":"a"}"#))
            .unwrap();
        users.insert("a#c", (7, 1, 1, "{}")).unwrap();
    });
    let expected = [
        "the row a#b of users cannot be read: missing field `subject` at line 1 column 14",
        "the row a#c of users cannot be read: it is of form 7, not 1",
    ];
    assert_eq!(spoiled.faults(), expected);
}

#[test]
fn what_does_not_fit_together_is_named() {
    let off_shelf = Spoiled::by(|transaction| {
        let mut shelves = transaction.open_table(SHELVES).unwrap();
        shelves
            .remove(("demo", "s1", false, UUID, VERSION))
            .unwrap();
    });
    let expected = [
        Finding::OffShelf(key()).to_string(),
        "source s1 of catalog demo has 0 versions, not 1".to_owned(),
    ];
    assert_eq!(off_shelf.faults(), expected);

    let missing = Spoiled::by(|transaction| {
        let mut files = transaction.open_table(FILES).unwrap();
        files.remove(key().as_str()).unwrap();
    });
    assert_eq!(missing.faults(), [Finding::Missing(key()).to_string()]);

    let astray = Spoiled::by(|transaction| {
        let mut shelves = transaction.open_table(SHELVES).unwrap();
        shelves
            .insert(("demo", "s1", true, UUID, VERSION), ())
            .unwrap();
        let mut lengths = transaction.open_table(SHELF_LENGTHS).unwrap();
        lengths.insert(("demo", "s1", true), 1).unwrap();
    });
    assert_eq!(astray.faults(), [Finding::Astray(key()).to_string()]);
    let store = Store::open(&astray.path).unwrap();
    let selection = Selection {
        catalog: Catalog::parse("demo").unwrap(),
        sources: None,
        readable: Readable::PublicAnd(Default::default()),
        revision: 9,
    };
    let mut listing = store.list(&selection).unwrap();
    assert_eq!(
        store.next_of(&mut listing, 9).unwrap().len(),
        0,
        "it is not public"
    );

    let stray = Spoiled::by(|transaction| {
        let mut lengths = transaction.open_table(SHELF_LENGTHS).unwrap();
        lengths.remove(("demo", "s1", false)).unwrap();
    });
    assert_eq!(stray.faults().len(), 1);

    let path = Spoiled::by(|transaction| {
        let mut paths = transaction.open_table(PATHS).unwrap();
        paths
            .insert(format!("demo/{UUID}/foo.txt").as_str(), "another")
            .unwrap();
    });
    assert_eq!(path.faults(), [Finding::PathNotKept(key()).to_string()]);

    let ends = Spoiled::by(|transaction| {
        let mut ends = transaction.open_table(MANIFEST_ENDS).unwrap();
        ends.insert((7, "key"), ()).unwrap();
    });
    assert_eq!(ends.faults(), ["there are 0 manifests, and the ends of 1"]);
}
