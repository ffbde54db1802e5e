//! Tests of [`super`].

use azat_edge::file::Catalog;
use azat_edge::time::UnixTime;
use tempfile::tempdir;

use super::{MEMORY_SECONDS, TooManyManifests};
use crate::manifest::{Manifest, ManifestKey, Reader};
use crate::store::Store;

fn manifest(expires: u64) -> Manifest {
    Manifest {
        catalog: Catalog::parse("demo").unwrap(),
        sources: None,
        reader: Reader::Anyone,
        reader_only: false,
        revision: 0,
        expires: UnixTime::from_seconds(expires),
    }
}

#[test]
fn no_more_are_kept_than_there_may_be() {
    let directory = tempdir().unwrap();
    let store = Store::open_or_create(&directory.path().join("store")).unwrap();
    let put = |expires: u64, now: u64, maximum| {
        let key = ManifestKey::generate().unwrap();
        let now = UnixTime::from_seconds(now);
        store
            .put_manifest(&key, &manifest(expires), now, maximum)
            .unwrap()
    };
    assert_eq!(put(1_000, 0, 2), Ok(()));
    assert_eq!(put(1_000, 0, 2), Ok(()));
    assert_eq!(put(1_000, 0, 2), Err(TooManyManifests(2)));
    assert_eq!(put(1_000, 0, 3), Ok(()));
    // Those that are forgotten make room.
    assert_eq!(put(9_000_000, 1_001 + MEMORY_SECONDS, 1), Ok(()));
}

#[test]
fn what_expired_long_ago_is_forgotten() {
    let directory = tempdir().unwrap();
    let store = Store::open_or_create(&directory.path().join("store")).unwrap();
    let put = |expires: u64, now: u64| {
        let key = ManifestKey::generate().unwrap();
        let now = UnixTime::from_seconds(now);
        store
            .put_manifest(&key, &manifest(expires), now, u64::MAX)
            .unwrap()
            .unwrap();
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
