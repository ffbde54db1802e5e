use serde_json::{Value, json};

use super::{KeySet, Thumbprint};
use crate::jose::base64url;
use crate::testing::jwk;

fn with(name: &str, value: Value) -> Value {
    let mut key = jwk("k1");
    key[name] = value;
    key
}

fn set(keys: Value) -> Result<KeySet, String> {
    KeySet::from_json(&json!({ "keys": keys })).map_err(|fault| fault.to_string())
}

#[test]
fn keys_for_other_purposes_are_passed_over() {
    for key in [
        with("use", json!("enc")),
        with("key_ops", json!(["encrypt"])),
        with("alg", json!("PS256")),
        json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}),
        json!({"kty": "unheard-of"}),
    ] {
        assert!(set(json!([key])).unwrap().is_empty(), "{key}");
    }
    for key in [
        with("use", json!("sig")),
        with("key_ops", json!(["sign", "verify"])),
        with("alg", json!("RS256")),
        with("x5c", json!(["ignored"])),
    ] {
        assert!(
            set(json!([key])).unwrap().find(Some("k1")).is_some(),
            "{key}"
        );
    }
}

#[test]
fn a_bad_key_spoils_the_set_and_is_named() {
    let refused = |key: Value| set(json!([jwk("k0"), key])).err().unwrap();
    assert_eq!(refused(jwk("k0")), "key k0: expected a kid of its own");
    for private in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
        let expected = "key k1: expected a public key, not a private or symmetric one";
        assert_eq!(refused(with(private, json!("AQ"))), expected, "{private}");
    }
    let modulus = |bits: usize| base64url::encode(&[&[0x80][..], &vec![1; bits / 8 - 1]].concat());
    let sizes = "key k1: expected a modulus of 2048 to 4096 bits";
    assert_eq!(refused(with("n", json!(modulus(2040)))), sizes);
    assert_eq!(refused(with("n", json!(modulus(4104)))), sizes);
    assert_eq!(
        refused(with("e", json!("Aw"))),
        "key k1: expected the exponent 65537"
    );
    assert_eq!(
        refused(with("n", json!("A A"))),
        "key k1: expected n and e in base64url"
    );
    assert_eq!(
        refused(with("n", json!(1))),
        "key k1: expected the members of RFC 7517, 4"
    );
    assert_eq!(
        refused(json!({"kty": 1})),
        "key 1: expected the members of RFC 7517, 4"
    );
    assert_eq!(
        refused(json!("key")),
        "key 1: expected the members of RFC 7517, 4"
    );
    for not_a_set in [json!([]), json!({}), json!({"keys": {}})] {
        assert!(KeySet::from_json(&not_a_set).is_err(), "{not_a_set}");
    }
}

/// The example of RFC 7638, 3.1.
#[test]
fn a_thumbprint_is_rfc_7638s() {
    let n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
    let modulus = base64url::decode(n).unwrap();
    let thumbprint = Thumbprint::of_rsa(&modulus, &[1, 0, 1]);
    assert_eq!(
        thumbprint.to_string(),
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    );
}
