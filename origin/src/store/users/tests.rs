//! Tests of [`super`].

use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use crate::samples::{SUBJECT, lines, user_line};
use crate::store::row::FORM;
use crate::store::tables::USERS;
use crate::store::{Imported, Store};

fn store() -> (TempDir, Store) {
    let directory = tempdir().unwrap();
    let store = Store::open_or_create(&directory.path().join("store")).unwrap();
    (directory, store)
}

fn revision(store: &Store) -> Option<u64> {
    let user = store.user(&SUBJECT.parse().unwrap()).unwrap();
    user.map(|user| user.revision)
}

#[test]
fn a_revision_counts_changes() {
    let (_directory, store) = store();
    assert_eq!(revision(&store), None);
    let import = |sources: Value| {
        let text = lines([user_line(json!({ "sources": sources }))]);
        store.import_users(text.as_bytes()).unwrap().changed
    };
    assert_eq!((import(json!(["s1"])), revision(&store)), (1, Some(1)));
    assert_eq!(
        (import(json!(["s1", "s1"])), revision(&store)),
        (0, Some(1))
    );
    assert_eq!((import(json!([])), revision(&store)), (1, Some(2)));
    assert_eq!((import(json!(["s1"])), revision(&store)), (1, Some(3)));
}

#[test]
fn a_bad_line_is_told_and_nothing_is_imported() {
    let (_directory, store) = store();
    let outcome = |second: &str| {
        let text = format!("{}\n{second}\n", user_line(json!({})));
        store.import_users(text.as_bytes()).unwrap_err().to_string()
    };
    let bad = [
        ("{}".into(), "line 2: column 2: missing field `issuer`"),
        ("".into(), "line 2: column 0: EOF while parsing a value"),
        (
            user_line(json!({"issuer": "a#b"})).to_string(),
            "line 2: expected an issuer without # and a subject, neither empty",
        ),
        (
            user_line(json!({})).to_string(),
            "line 2: expected another row than line 1 has",
        ),
        (
            r#"{"sources":"s1"}"#.into(),
            "line 2: column 15: invalid type: string \"s1\", expected a sequence",
        ),
        (
            r#"{"admin":true}"#.into(),
            "line 2: column 8: unknown field `admin`, expected one of `issuer`, `subject`, `sources`",
        ),
    ];
    for (line, expected) in bad {
        assert_eq!(outcome(&line), format!("{expected}; nothing was imported"));
    }
    assert_eq!(revision(&store), None);
}

#[test]
fn a_row_that_cannot_be_read_can_be_replaced() {
    let (_directory, store) = store();
    for bad in [(FORM + 1, "{}"), (FORM, "{}"), (FORM, "no JSON")] {
        store.spoil(USERS, SUBJECT, bad);
        assert!(store.user(&SUBJECT.parse().unwrap()).is_err());
        let text = lines([user_line(json!({}))]);
        assert_eq!(store.import_users(text.as_bytes()).unwrap().changed, 1);
        assert!(store.user(&SUBJECT.parse().unwrap()).unwrap().is_some());
    }
}

#[test]
fn sources_that_the_edge_could_not_read_are_refused() {
    let (_directory, store) = store();
    let sources = |count| -> Vec<_> { (0..count).map(|number| format!("{number:036}")).collect() };
    let import = |count: usize| {
        let text = lines([user_line(json!({ "sources": sources(count) }))]);
        store.import_users(text.as_bytes())
    };
    let fault = import(30_000).unwrap_err().to_string();
    assert!(
        fault.starts_with("line 1: expected a row of at most 1044480 bytes"),
        "{fault}"
    );
    assert!(import(25_000).is_ok());
}

#[test]
fn no_lines_are_no_fault() {
    let (_directory, store) = store();
    let imported = store.import_users(&b""[..]).unwrap();
    assert_eq!(imported, Imported::default());
}
