//! Tests of [`super`].

use azat_policy::{Algorithm, WithoutKid};
use serde_json::{Value, json};

use super::KeySet;
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
        with("use", json!("")),
        with("key_ops", json!([])),
        with("alg", json!("PS256")),
        with("alg", json!("ES256")),
        json!({"kty": "EC", "kid": "k1", "crv": "P-384", "x": "AA", "y": "AA"}),
        json!({"kty": "EC", "kid": "k1", "crv": "p-256", "x": "AA", "y": "AA"}),
        json!({"kty": "EC", "kid": "k1", "x": "AA", "y": "AA"}),
        json!({"kty": "OKP", "kid": "k1", "crv": "P-256", "x": "AA"}),
        json!({"kty": "EC", "kid": null, "crv": "P-384"}),
        json!({"kty": "unheard-of"}),
        json!({"kty": "unheard-of", "kid": null}),
        json!({"kty": "unheard-of", "kid": 1, "crv": 1, "use": [], "alg": {}, "key_ops": "verify"}),
        json!({"kty": "unheard-of", "key_ops": ["verify", "verify"]}),
    ] {
        assert!(!set(json!([key])).unwrap().names("k1"), "{key}");
    }
    for key in [
        with("use", json!("sig")),
        with("key_ops", json!(["sign", "verify"])),
        with("alg", json!("RS256")),
        with("x5c", json!(["ignored"])),
    ] {
        assert!(set(json!([key])).unwrap().names("k1"), "{key}");
    }
}

#[test]
fn a_bad_key_spoils_the_set_and_is_named() {
    let refused = |key: Value| set(json!([jwk("k0"), key])).err().unwrap();
    assert_eq!(refused(jwk("k0")), "key k0: expected a kid of its own");
    for private in ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"] {
        let expected = "key k1: expected a public key, not a private or symmetric one";
        assert_eq!(refused(with(private, json!("AQ"))), expected, "{private}");
    }
    let modulus = |bits: usize| base64url::encode(&[&[0x80][..], &vec![1; bits / 8 - 1]].concat());
    let leading_zero = [
        &[0],
        &*base64url::decode(jwk("k1")["n"].as_str().unwrap()).unwrap(),
    ]
    .concat();
    let minimal = "key k1: expected n and e without leading zeros";
    assert_eq!(
        refused(with("n", json!(base64url::encode(&leading_zero)))),
        minimal
    );
    assert_eq!(refused(with("n", json!(""))), minimal);
    assert_eq!(refused(with("e", json!("AAEAAQ"))), minimal);
    let even = base64url::encode(&[0x80; 256]);
    assert_eq!(
        refused(with("n", json!(even))),
        "key k1: expected an odd modulus"
    );
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
    let types = "key 1: expected the members of RFC 7517, 4";
    assert_eq!(refused(with("kid", json!(null))), types);
    assert_eq!(refused(json!({"kty": "EC", "crv": 1})), types);
    assert_eq!(refused(json!({"kty": "EC", "crv": null})), types);
    assert_eq!(
        refused(json!({"kty": "AKP", "kid": "k1", "priv": "AA"})),
        "key k1: expected a public key, not a private or symmetric one"
    );
    for (key_ops, expected) in [
        (
            json!("verify"),
            "key k1: expected key_ops as an array of strings",
        ),
        (
            json!(["verify", 1]),
            "key k1: expected key_ops as an array of strings",
        ),
        (
            json!(["verify", "verify"]),
            "key k1: expected each of key_ops once",
        ),
        (
            json!(["encrypt", "x", "encrypt"]),
            "key k1: expected each of key_ops once",
        ),
    ] {
        assert_eq!(refused(with("key_ops", key_ops)), expected);
    }
    assert_eq!(refused(json!("key")), "key 1: expected an object");
    for not_a_set in [json!([]), json!({}), json!({"keys": {}})] {
        assert!(KeySet::from_json(&not_a_set).is_err(), "{not_a_set}");
    }
}

/// The key of RFC 7515, A.3.1.
fn p256(name: &str, value: &str) -> Value {
    let mut key = json!({
        "kty": "EC",
        "crv": "P-256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        "kid": "k1",
    });
    key[name] = json!(value);
    key
}

#[test]
fn a_p256_key_is_a_point_on_the_curve() {
    let good = set(json!([p256("alg", "ES256")])).unwrap();
    assert!(good.names("k1"));
    assert!(good.serves(Algorithm::ES256) && !good.serves(Algorithm::RS256));
    assert!(!set(json!([p256("alg", "RS256")])).unwrap().names("k1"));
    let refused = |name: &str, value: &str| set(json!([p256(name, value)])).err().unwrap();
    let off = "key k1: expected x and y to be a point on P-256";
    assert_eq!(refused("y", &"A".repeat(43)), off);
    assert_eq!(refused("x", &("_".repeat(42) + "8")), off);
    let length = "key k1: expected x and y of 32 bytes";
    assert_eq!(refused("x", "AA"), length);
    assert_eq!(
        refused("x", "AIPNzidw9sRdQYPL7m_bS3tYBzM1e-nvE7rPbjx70VRF"),
        length
    );
    assert_eq!(
        refused("y", "x_FE="),
        "key k1: expected x and y in base64url"
    );
    assert_eq!(
        refused("d", "AQ"),
        "key k1: expected a public key, not a private or symmetric one"
    );
}

#[test]
fn a_set_is_read_strictly() {
    let fault = |text: &str| KeySet::parse(text).err().unwrap().to_string();
    let twice = "key set: expected objects of at most 64 members, each only once";
    assert_eq!(fault(r#"{"keys":[],"keys":[]}"#), twice);
    assert_eq!(fault(r#"{"keys":[{"kty":"RSA","k\u0074y":"EC"}]}"#), twice);
    assert_eq!(fault("{"), "key set: expected a JSON object in UTF-8");
    let long = format!(r#"{{"keys":[],"x":"{}"}}"#, "a".repeat(64 * 1024));
    assert_eq!(fault(&long), "key set: expected at most 64 KiB");
}

#[test]
fn a_token_without_kid_has_few_keys_tried() {
    let keys = |kids: &[&str]| {
        let rsa = kids.iter().map(|kid| jwk(kid)).chain([p256("kid", "ec")]);
        set(rsa.collect()).unwrap()
    };
    let tried =
        |kids: &[&str], kid, rule| keys(kids).candidates(Algorithm::RS256, kid, rule).count();
    use WithoutKid::{OnlyKey, ThreeKeys};
    assert_eq!(tried(&["a"], None, OnlyKey), 1);
    assert_eq!(tried(&["a", "b"], None, OnlyKey), 0);
    assert_eq!(tried(&["a", "b"], None, ThreeKeys), 2);
    assert_eq!(tried(&["a", "b", "c", "d"], None, ThreeKeys), 3);
    for rule in [OnlyKey, ThreeKeys] {
        assert_eq!(tried(&[], None, rule), 0);
        assert_eq!(tried(&["a", "b", "c", "d"], Some("d"), rule), 1);
        assert_eq!(tried(&["a", "b"], Some("ec"), rule), 0);
        assert_eq!(tried(&["a", "b"], Some(""), rule), 0);
    }
}
