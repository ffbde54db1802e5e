//! Tests of [`super`].

use azat_edge::jose::KeySet;

use super::JwkSet;
use crate::samples;

#[test]
fn only_public_members_are_published() {
    let key = samples::signing_key();
    let set = serde_json::to_value(JwkSet::of(std::slice::from_ref(key))).unwrap();
    let members = set["keys"][0].as_object().unwrap();
    assert_eq!(members.len(), 6);
    assert_eq!(
        (&members["kty"], &members["alg"]),
        (&"RSA".into(), &"RS256".into())
    );
    assert!(members["n"].is_string());
    assert_eq!(members["use"], "sig");
    assert_eq!(set["keys"][0]["kid"], key.kid());
    assert_eq!(set["keys"][0]["e"], "AQAB");
}

#[test]
fn the_edge_reads_what_is_published() {
    let keys = [
        samples::signing_key().clone(),
        samples::foreign_key().clone(),
    ];
    let set = serde_json::to_value(JwkSet::of(&keys)).unwrap();
    let read = KeySet::from_json(&set).unwrap();
    assert!(keys.iter().all(|key| read.names(key.kid())));
}
