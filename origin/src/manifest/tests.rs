//! Tests of [`super`].

use super::ManifestKey;

#[test]
fn keys_are_long_random_and_hidden() {
    let (one, other) = (
        ManifestKey::generate().unwrap(),
        ManifestKey::generate().unwrap(),
    );
    assert_eq!(one.as_str().len(), 22);
    assert_ne!(one.as_str(), other.as_str());
    assert_eq!(format!("{one:?}"), "ManifestKey(…)");
}
