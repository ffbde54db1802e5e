//! Tests of [`super`].

use serde_json::json;

use super::Digest;

#[test]
fn a_digest_is_told_as_http_tells_it() {
    // RFC 9530, B.1: the SHA-256 of `{"hello": "world"}` without a line feed.
    let hex = "5f8f04f6a3a892aaabbddb6cf273894493773960d4a325b105fee46eef4304f1";
    let digest: Digest =
        serde_json::from_value(json!({"algorithm": "sha-256", "hex": hex})).unwrap();
    assert_eq!(
        digest.repr_digest(),
        "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"
    );
    assert_eq!(digest.to_string(), format!("sha-256:{hex}"));
    assert_eq!(serde_json::to_value(&digest).unwrap()["hex"], hex);
}

#[test]
fn a_digest_of_other_bytes_is_a_contradiction_and_silence_is_none() {
    let hex = "5f8f04f6a3a892aaabbddb6cf273894493773960d4a325b105fee46eef4304f1";
    let digest: Digest =
        serde_json::from_value(json!({"algorithm": "sha-256", "hex": hex})).unwrap();
    let own = digest.repr_digest();
    let other = "sha-256=:Qt58wrhPQ7zfrEGXrOAP7myBue5EqXevJfpQ9BHaqSA=:";
    let silent = [
        "",
        own.as_str(),
        &format!("{own};q=1"),
        &format!("md5=:AAAA:, {own} ,sha-512=:AAAA:"),
        &format!("{other}, {own}"),
        "sha-512=:AAAA:",
        "sha-256",
        "sha-256=?1",
        "sha-256=:not base64:",
        "sha-256=:Qt58",
        // Keys are in lower case.
        "SHA-256=:AAAA:",
    ];
    for field in silent {
        assert!(!digest.is_contradicted_by(field), "{field:?}");
    }
    for field in [other, &format!("{own},{other}"), "sha-256=:AAAA:;q=1"] {
        assert!(digest.is_contradicted_by(field), "{field:?}");
    }
}

#[test]
fn the_digits_must_be_all_there() {
    for hex in [
        "",
        "5f8",
        &"0".repeat(62),
        &"0".repeat(66),
        &"G".repeat(64),
        &"A".repeat(64),
    ] {
        let parsed = serde_json::from_value::<Digest>(json!({"algorithm": "sha-256", "hex": hex}));
        assert!(parsed.is_err(), "{hex:?}");
    }
}
