//! Tests of [`super`].

use super::*;

#[test]
fn items_come_and_go() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.json");
    let content = || std::fs::read_to_string(&path).unwrap();
    let mut store = ConfigStore::create(path.clone()).unwrap();
    assert_eq!(content(), "{}");
    store.set("keys", Some(r#"{"azat":{}}"#)).unwrap();
    store.set("policy", Some("broken")).unwrap();
    assert_eq!(content(), r#"{"keys":"{\"azat\":{}}","policy":"broken"}"#);
    assert_eq!(store.get("policy"), Some("broken"));
    store.set("keys", None).unwrap();
    assert_eq!(store.get("keys"), None);
    assert_eq!(content(), r#"{"policy":"broken"}"#);
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 1);
}
