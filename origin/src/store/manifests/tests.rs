//! Tests of [`super`].

use azat_edge::file::Catalog;
use azat_edge::time::UnixTime;
use serde_json::json;
use tempfile::tempdir;

use super::MEMORY_SECONDS;
use crate::manifest::{Manifest, ManifestKey};
use crate::samples::file_line;
use crate::store::Store;

#[test]
fn what_expired_long_ago_is_forgotten() {
    let directory = tempdir().unwrap();
    let store = Store::open_or_create(&directory.path().join("store")).unwrap();
    let file = serde_json::from_value(file_line(json!({}))).unwrap();
    let put = |expires: u64, now: u64| {
        let (catalog, expires) = (
            Catalog::parse("demo").unwrap(),
            UnixTime::from_seconds(expires),
        );
        let manifest = Manifest::of(catalog, std::slice::from_ref(&file), expires).unwrap();
        let key = ManifestKey::generate().unwrap();
        let now = UnixTime::from_seconds(now);
        store.put_manifest(&key, &manifest, now).unwrap();
        key
    };
    let is_there = |key: &ManifestKey| store.manifest(key.as_str()).unwrap().is_some();
    let (first, second) = (put(1_000, 0), put(1_001, 0));
    put(2_000, 1_000 + MEMORY_SECONDS);
    assert!(is_there(&first) && is_there(&second));
    let last = put(2_000, 1_001 + MEMORY_SECONDS);
    assert!(!is_there(&first));
    assert!(is_there(&second) && is_there(&last));
}
