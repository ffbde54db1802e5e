//! Tests of [`super`].

use azat_edge::time::UnixTime;
use serde_json::json;
use tempfile::tempdir;

use crate::samples::{SUBJECT, lines, user_line};
use crate::store::Store;
use crate::subject::Subject;

#[test]
fn azats_are_counted_for_each_subject_by_itself() {
    let directory = tempdir().unwrap();
    let path = directory.path().join("store");
    let store = Store::open_or_create(&path).unwrap();
    let subject: Subject = SUBJECT.parse().unwrap();
    let other: Subject = "https://accounts.google.com#1".parse().unwrap();
    let count = |store: &Store, subject| store.count_azat_of_user(subject).unwrap();
    assert_eq!(count(&store, &subject), None);
    let users = lines([user_line(json!({})), user_line(json!({"subject": "1"}))]);
    store.import_users(users.as_bytes()).unwrap();
    let counts = (count(&store, &subject), count(&store, &subject));
    assert_eq!(counts, (Some(0), Some(1)));
    assert_eq!(count(&store, &other), Some(0));
    drop(store);
    let store = Store::open(&path).unwrap();
    assert_eq!(count(&store, &subject), Some(2));
}

#[test]
fn every_change_raises_the_revision() {
    let directory = tempdir().unwrap();
    let store = Store::open_or_create(&directory.path().join("store")).unwrap();
    let subject: Subject = SUBJECT.parse().unwrap();
    let revision = || {
        let standing = store.standing(&subject).unwrap();
        standing.map(|standing| standing.revision())
    };
    let import = |sources| {
        let text = lines([user_line(json!({ "sources": sources }))]);
        store.import_users(text.as_bytes()).unwrap();
    };
    assert_eq!(revision(), None);
    import(json!(["s1"]));
    assert_eq!(revision(), Some(1));
    store.count_azat_of_user(&subject).unwrap();
    assert_eq!(revision(), Some(2));
    store.revoke(&subject, UnixTime::now()).unwrap();
    assert_eq!(revision(), Some(3));
    import(json!(["s2"]));
    assert_eq!(revision(), Some(4));
    let window = store.standing(&subject).unwrap().unwrap().window;
    assert_eq!(window.bounds(), (1, 1));
}
