//! Attacks by keys: what an operator may be led to publish, and what is then refused or passed
//! over.

use azat_edge::jose::{KeySet, SymmetricKey};
use azat_policy::Algorithm;
use num_bigint::BigUint;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use super::SIGNER;
use crate::signer::{Signer, base64url};
use crate::smooth_key::SmoothKey;

/// What becomes of a set with this key in it.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    /// The set is refused, and the fault names the key.
    Refused,
    /// The set is taken without the key (RFC 7517, 5).
    PassedOver,
    /// The key verifies.
    Taken,
}
use Fate::{PassedOver, Refused, Taken};

fn fate(key: &Value) -> Fate {
    match KeySet::parse(&json!({"keys": [key]}).to_string()) {
        Err(fault) => {
            assert_eq!(fault.key, "k1", "{fault}");
            Refused
        }
        Ok(set) if set.names("k1") => Taken,
        Ok(_) => PassedOver,
    }
}

/// The signer's JWK with these members changed; `null` takes one away.
fn changed(changes: Value) -> Value {
    let mut key = SIGNER.jwk("k1").unwrap();
    let members = key.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => members.remove(name),
            _ => members.insert(name.clone(), value.clone()),
        };
    }
    key
}

fn of_bits(bits: usize) -> Value {
    Signer::Rs256(SmoothKey::random(
        bits,
        &mut StdRng::seed_from_u64(bits as u64),
    ))
    .jwk("k1")
    .unwrap()
}

fn exponent(bytes: &[u8]) -> Value {
    changed(json!({"e": base64url(bytes)}))
}

fn modulus() -> BigUint {
    match &*SIGNER {
        Signer::Rs256(key) => key.modulus().clone(),
        _ => unreachable!("an RSA key"),
    }
}

/// A modulus as the flawed library made it: each factor is k M + (65537^a mod M), M the product of
/// the first primes. It need not be prime to be recognised.
fn roca() -> Value {
    let product = (2_u32..=701)
        .filter(|number| (2..*number).all(|divisor| !number.is_multiple_of(divisor)))
        .fold(BigUint::from(1_u8), |product, prime| product * prime);
    let factor = |multiple: u64, power: u32| {
        let residue = BigUint::from(65_537_u32).modpow(&BigUint::from(power), &product);
        (BigUint::from(multiple) << 10) * &product + residue
    };
    let modulus = factor((1 << 43) + 12_345, 1_001) * factor((1 << 43) + 67_891, 77);
    assert!(
        (2047..=2060).contains(&modulus.bits()),
        "{}",
        modulus.bits()
    );
    changed(json!({"n": base64url(modulus.to_bytes_be())}))
}

fn curve(changes: Value) -> Value {
    let mut key = Signer::new(Algorithm::ES256, 1).jwk("k1").unwrap();
    for (name, value) in changes.as_object().unwrap() {
        key[name] = value.clone();
    }
    key
}

type Key = (&'static str, fn() -> Value, Fate);

const KEYS: &[Key] = &[
    ("2048 bits", || of_bits(2048), Taken),
    ("2049 bits", || of_bits(2049), Taken),
    ("3072 bits", || of_bits(3072), Taken),
    ("4096 bits", || of_bits(4096), Taken),
    ("512 bits", || of_bits(512), Refused),
    ("1024 bits", || of_bits(1024), Refused),
    ("2041 bits, 256 bytes", || of_bits(2041), Refused),
    ("2047 bits", || of_bits(2047), Refused),
    ("4097 bits", || of_bits(4097), Refused),
    ("16,384 bits", || of_bits(16_384), Refused),
    (
        "an even modulus",
        || changed(json!({"n": base64url((modulus() + 1_u8).to_bytes_be())})),
        Refused,
    ),
    (
        "modulus 0",
        || changed(json!({"n": base64url([0])})),
        Refused,
    ),
    ("no modulus", || changed(json!({"n": null})), Refused),
    (
        "a modulus that is no text",
        || changed(json!({"n": 5})),
        Refused,
    ),
    ("an empty modulus", || changed(json!({"n": ""})), Refused),
    (
        "a modulus with padding",
        || changed(json!({"n": format!("{}==", base64url(modulus().to_bytes_be()))})),
        Refused,
    ),
    (
        "a modulus with a zero before",
        || changed(json!({"n": base64url([&[0], modulus().to_bytes_be().as_slice()].concat())})),
        Refused,
    ),
    ("a modulus of the ROCA library", roca, Refused),
    ("exponent 0", || exponent(&[0]), Refused),
    (
        "exponent 1: every message signs itself",
        || exponent(&[1]),
        Refused,
    ),
    ("exponent 2", || exponent(&[2]), Refused),
    ("exponent 3", || exponent(&[3]), Refused),
    ("exponent 17", || exponent(&[17]), Refused),
    ("exponent 65536", || exponent(&[1, 0, 0]), Refused),
    ("exponent 65539", || exponent(&[1, 0, 3]), Refused),
    (
        "exponent 65537 + 2^32",
        || exponent(&[1, 0, 1, 0, 1]),
        Refused,
    ),
    (
        "exponent 65537 + 2^64",
        || exponent(&[1, 0, 0, 0, 0, 0, 1, 0, 1]),
        Refused,
    ),
    ("exponent of 2048 bits", || exponent(&[0xff; 256]), Refused),
    (
        "exponent with a zero before",
        || exponent(&[0, 1, 0, 1]),
        Refused,
    ),
    ("no exponent", || changed(json!({"e": null})), Refused),
    (
        "its private exponent",
        || changed(json!({"d": "AQAB"})),
        Refused,
    ),
    ("a prime factor", || changed(json!({"p": "AQAB"})), Refused),
    ("a CRT exponent", || changed(json!({"dq": "AQAB"})), Refused),
    ("other primes", || changed(json!({"oth": []})), Refused),
    (
        "a symmetric key",
        || json!({"kty": "oct", "kid": "k1", "k": "AAAA"}),
        Refused,
    ),
    (
        "a symmetric key, called RSA",
        || json!({"kty": "RSA", "kid": "k1", "k": "AAAA"}),
        Refused,
    ),
    ("no kty", || changed(json!({"kty": null})), Refused),
    (
        "a kty of the future",
        || changed(json!({"kty": "ML-DSA"})),
        PassedOver,
    ),
    (
        "kty in another case",
        || changed(json!({"kty": "rsa"})),
        PassedOver,
    ),
    (
        "for encryption",
        || changed(json!({"use": "enc"})),
        PassedOver,
    ),
    ("for signatures", || changed(json!({"use": "sig"})), Taken),
    (
        "to encrypt",
        || changed(json!({"key_ops": ["encrypt"]})),
        PassedOver,
    ),
    (
        "to sign",
        || changed(json!({"key_ops": ["sign"]})),
        PassedOver,
    ),
    (
        "to do nothing",
        || changed(json!({"key_ops": []})),
        PassedOver,
    ),
    (
        "to verify",
        || changed(json!({"key_ops": ["verify"]})),
        Taken,
    ),
    (
        "key_ops that are no array",
        || changed(json!({"key_ops": "verify"})),
        Refused,
    ),
    ("for RS256", || changed(json!({"alg": "RS256"})), Taken),
    ("for RS512", || changed(json!({"alg": "RS512"})), PassedOver),
    ("for PS256", || changed(json!({"alg": "PS256"})), PassedOver),
    ("for HS256", || changed(json!({"alg": "HS256"})), PassedOver),
    (
        "for ES256 with RSA",
        || changed(json!({"alg": "ES256"})),
        PassedOver,
    ),
    (
        "members nobody knows",
        || changed(json!({"x5t#S256": 1, "y": [{}]})),
        Taken,
    ),
    ("P-256", || curve(json!({})), Taken),
    ("P-384", || curve(json!({"crv": "P-384"})), PassedOver),
    (
        "secp256k1",
        || curve(json!({"crv": "secp256k1"})),
        PassedOver,
    ),
    (
        "P-256 with a private scalar",
        || curve(json!({"d": "AAAA"})),
        Refused,
    ),
    (
        "P-256: not on the curve",
        || curve(json!({"x": base64url([7; 32])})),
        Refused,
    ),
    (
        "P-256: the origin",
        || curve(json!({"x": base64url([0; 32]), "y": base64url([0; 32])})),
        Refused,
    ),
    (
        "P-256: a coordinate beyond the field",
        || curve(json!({"x": base64url([0xff; 32])})),
        Refused,
    ),
    (
        "P-256: a short coordinate",
        || curve(json!({"x": base64url([7; 31])})),
        Refused,
    ),
    (
        "P-256: a long coordinate",
        || curve(json!({"x": base64url([0; 33])})),
        Refused,
    ),
    (
        "P-256: no y",
        || json!({"kty": "EC", "crv": "P-256", "kid": "k1", "x": base64url([7; 32])}),
        Refused,
    ),
];

#[test]
fn one_by_one() {
    let complaints: Vec<String> = (KEYS.iter())
        .map(|(name, key, expected)| (name, fate(&key()), expected))
        .filter(|(_, fate, expected)| fate != *expected)
        .map(|(name, fate, expected)| format!("{name}: {fate:?}, expected {expected:?}"))
        .collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn sets() {
    let key = SIGNER.jwk("k1").unwrap();
    let other = Signer::new(Algorithm::ES256, 1).jwk("k1").unwrap();
    let refused = |text: String| {
        let length = text.len();
        KeySet::parse(&text)
            .err()
            .map(|fault| fault.key)
            .unwrap_or_else(|| panic!("{length} bytes taken"))
    };
    assert_eq!(
        refused(json!({"keys": [key, key]}).to_string()),
        "k1",
        "one kid twice"
    );
    assert_eq!(
        refused(json!({"keys": [key, other]}).to_string()),
        "k1",
        "one kid, two types"
    );
    let oct = json!({"kty": "oct", "kid": "k2", "k": "AAAA"});
    assert_eq!(
        refused(json!({"keys": [key, oct]}).to_string()),
        "k2",
        "a symmetric key among others"
    );
    let weak = of_bits(1024);
    assert_eq!(
        refused(json!({"keys": [other, weak]}).to_string()),
        "k1",
        "a weak key among others"
    );
    assert_eq!(refused(json!([key]).to_string()), "set", "an array");
    assert_eq!(refused(key.to_string()), "set", "a key alone");
    assert_eq!(refused("{}".into()), "set", "no keys");
    assert_eq!(
        refused(r#"{"keys":{}}"#.into()),
        "set",
        "keys that are no array"
    );
    assert_eq!(
        refused(r#"{"keys":[],"keys":[]}"#.into()),
        "set",
        "keys twice"
    );
    assert_eq!(
        refused(r#"{"keys":[null]}"#.into()),
        "0",
        "a key that is none"
    );
    let twice = key.to_string().replacen('{', r#"{"e":"Aw","#, 1);
    assert_eq!(
        refused(format!(r#"{{"keys":[{twice}]}}"#)),
        "set",
        "a member twice"
    );
    assert_eq!(
        refused(format!(r#"{{"keys":[],"x":"{}"}}"#, "x".repeat(65_536))),
        "set",
        "64 KiB"
    );
    assert_eq!(
        refused(format!(r#"{{"keys":{}"#, "[".repeat(30_000))),
        "set",
        "nested"
    );
}

/// Keys shorter than their hash can be guessed (RFC 7518, 3.2).
#[test]
fn secrets() {
    for (algorithm, least) in [(Algorithm::HS256, 32), (Algorithm::HS512, 64)] {
        for length in [0, 1, 14, least - 1] {
            assert!(
                SymmetricKey::new(algorithm, &vec![7; length]).is_err(),
                "{algorithm:?} {length}"
            );
        }
        for length in [least, least + 1, 65, 200] {
            assert!(
                SymmetricKey::new(algorithm, &vec![7; length]).is_ok(),
                "{algorithm:?} {length}"
            );
        }
    }
}
