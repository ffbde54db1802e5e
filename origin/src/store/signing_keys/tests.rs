//! Tests of [`super`].

use azat_edge::time::UnixTime;
use tempfile::tempdir;

use crate::samples;
use crate::store::Store;

#[test]
fn the_newest_key_comes_first_even_within_a_second() {
    let directory = tempdir().unwrap();
    let store = Store::open_or_create(&directory.path().join("store")).unwrap();
    let (one, other) = (samples::signing_key(), samples::foreign_key());
    for (first, second) in [(one, other), (other, one)] {
        let now = UnixTime::from_seconds(1_800_000_000);
        store.put_signing_key(first, now).unwrap();
        store.put_signing_key(second, now).unwrap();
        let keys = store.signing_keys().unwrap();
        let kids: Vec<_> = keys.iter().map(|key| key.kid()).collect();
        assert_eq!(kids, [second.kid(), first.kid()]);
    }
}
