//! Tests of [`super`].

use super::CacheKey;

#[test]
fn parts_cannot_run_into_each_other() {
    let keys = [
        CacheKey::of("a", &["b", "c"]),
        CacheKey::of("a", &["bc", ""]),
        CacheKey::of("a", &["", "bc"]),
        CacheKey::of("ab", &["c"]),
        CacheKey::of("a", &["b", "c", ""]),
    ];
    for (index, key) in keys.iter().enumerate() {
        assert_eq!(key.as_str().len(), 64);
        assert!(!keys[..index].contains(key));
    }
}
