//! Attacks by the signature.

use std::sync::LazyLock;

use azat_policy::{Algorithm, Profile};
use num_bigint::BigUint;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use sha2::{Digest as _, Sha256, Sha512};

use super::{
    ATTACKER, Attack, CLAIMS, HEADER, KEYS, SIGNER, profile, run, signing_input, with_signature,
};
use crate::signer::{KeyMaterial, Signer, base64url};
use crate::smooth_key::{DIGEST_INFO, SmoothKey, encoded, padded};

fn key() -> &'static SmoothKey {
    match &*SIGNER {
        Signer::Rs256(key) => key,
        _ => unreachable!("an RSA key"),
    }
}

fn good() -> Vec<u8> {
    key().sign(signing_input().as_bytes())
}

fn digest() -> Vec<u8> {
    Sha256::digest(signing_input()).to_vec()
}

/// A signature that is this number, and how the modulus gets into it.
fn number(from_modulus: fn(&BigUint) -> BigUint) -> String {
    with_signature(padded(&from_modulus(key().modulus()), 256))
}

/// A signature over `00 01 FF…`, these bytes last: what an attacker with a small exponent can
/// reach, and what lax parsers take.
fn over(padding: usize, rest: &[&[u8]]) -> String {
    let rest = rest.concat();
    let mut encoded = vec![0, 1];
    encoded.resize(2 + padding, 0xff);
    encoded.extend(rest);
    encoded.resize(256, 0x5a);
    with_signature(key().sign_encoded(&encoded))
}

/// `00 01 FF… 00`, these bytes last, of the right length.
fn filled(rest: &[&[u8]]) -> String {
    let rest = [&[&[0_u8] as &[u8]], rest].concat();
    over(254 - rest.concat().len(), &rest)
}

/// The encoded message with one byte of another value.
fn altered(position: usize, value: u8) -> String {
    let mut encoded = encoded(signing_input().as_bytes(), 256);
    assert_ne!(encoded[position], value);
    encoded[position] = value;
    with_signature(key().sign_encoded(&encoded))
}

/// EMSA-PSS with SHA-256 and no salt (RFC 8017, 9.1.1), which is what PS256 would be.
fn pss() -> String {
    let hash = Sha256::digest([&[0; 8], digest().as_slice()].concat());
    let mut mask = Vec::new();
    for counter in 0_u32..7 {
        mask.extend(Sha256::digest(
            [hash.as_slice(), &counter.to_be_bytes()].concat(),
        ));
    }
    let mut encoded = vec![0; 223];
    encoded[222] = 1;
    for (byte, mask) in encoded.iter_mut().zip(mask) {
        *byte ^= mask;
    }
    encoded[0] &= 0x7f;
    encoded.extend(hash);
    encoded.push(0xbc);
    with_signature(key().sign_encoded(&encoded))
}

const SHA_1: [u8; 15] = [
    0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14,
];
const SHA_512: [u8; 19] = [
    0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05,
    0x00, 0x04, 0x40,
];
/// SHA-256 without the parameters' NULL.
const NO_NULL: [u8; 17] = [
    0x30, 0x2f, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x04,
    0x20,
];
/// With the outer length in BER's long form.
const LONG_LENGTH: [u8; 20] = [
    0x30, 0x81, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
    0x05, 0x00, 0x04, 0x20,
];
/// With 8 bytes of garbage for parameters.
const GARBAGE_PARAMETERS: [u8; 27] = [
    0x30, 0x39, 0x30, 0x15, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x04,
    0x08, 1, 2, 3, 4, 5, 6, 7, 8, 0x04, 0x20,
];

const RSA: &[Attack] = &[
    ("none at all", || with_signature([]), "SignatureInvalid"),
    (
        "another key's",
        || ATTACKER.token(HEADER, CLAIMS),
        "SignatureInvalid",
    ),
    (
        "another header's",
        || with_signature(key().sign(format!("e30.{}", base64url(CLAIMS)).as_bytes())),
        "SignatureInvalid",
    ),
    (
        "the payload's alone",
        || with_signature(key().sign(CLAIMS.as_bytes())),
        "SignatureInvalid",
    ),
    (
        "the decoded header and payload's",
        || with_signature(key().sign(format!("{HEADER}.{CLAIMS}").as_bytes())),
        "SignatureInvalid",
    ),
    (
        "an HMAC of nothing",
        || with_signature(Signer::Hs256(vec![]).sign(signing_input().as_bytes())),
        "SignatureInvalid",
    ),
    (
        "s = 0",
        || number(|_| BigUint::from(0_u8)),
        "SignatureInvalid",
    ),
    (
        "s = 1",
        || number(|_| BigUint::from(1_u8)),
        "SignatureInvalid",
    ),
    ("s = n - 1", || number(|n| n - 1_u8), "SignatureInvalid"),
    ("s = n", || number(BigUint::clone), "SignatureInvalid"),
    ("s = n + 1", || number(|n| n + 1_u8), "SignatureInvalid"),
    (
        "s + n, as long as may be",
        || number(|n| n + BigUint::from_bytes_be(&good())),
        "SignatureInvalid",
    ),
    (
        "n - s",
        || number(|n| n - BigUint::from_bytes_be(&good())),
        "SignatureInvalid",
    ),
    (
        "all ones",
        || with_signature([0xff; 256]),
        "SignatureInvalid",
    ),
    (
        "a zero before",
        || with_signature([&[0], good().as_slice()].concat()),
        "SignatureInvalid",
    ),
    (
        "a zero behind",
        || with_signature([good().as_slice(), &[0]].concat()),
        "SignatureInvalid",
    ),
    (
        "the first byte cut off",
        || with_signature(&good()[1..]),
        "SignatureInvalid",
    ),
    (
        "the last byte cut off",
        || with_signature(&good()[..255]),
        "SignatureInvalid",
    ),
    (
        "twice",
        || with_signature([good(), good()].concat()),
        "SignatureInvalid",
    ),
    (
        "reversed",
        || with_signature(good().into_iter().rev().collect::<Vec<_>>()),
        "SignatureInvalid",
    ),
    (
        "the encoded message itself",
        || with_signature(encoded(signing_input().as_bytes(), 256)),
        "SignatureInvalid",
    ),
    ("of one byte", || with_signature([1]), "SignatureInvalid"),
    (
        "of 5,000 bytes",
        || with_signature([7; 5_000]),
        "SignatureInvalid",
    ),
];

const ENCODING: &[Attack] = &[
    ("first byte not 0", || altered(0, 0x01), "SignatureInvalid"),
    ("block type 0", || altered(1, 0), "SignatureInvalid"),
    (
        "block type 2, of encryption",
        || altered(1, 2),
        "SignatureInvalid",
    ),
    (
        "a byte of the padding",
        || altered(100, 0xfe),
        "SignatureInvalid",
    ),
    (
        "a zero in the padding",
        || altered(9, 0),
        "SignatureInvalid",
    ),
    (
        "no zero after the padding",
        || altered(204, 0xff),
        "SignatureInvalid",
    ),
    (
        "garbage behind a short padding",
        || over(8, &[&[0], &DIGEST_INFO, &digest()]),
        "SignatureInvalid",
    ),
    (
        "garbage behind no padding",
        || over(0, &[&[0], &DIGEST_INFO, &digest()]),
        "SignatureInvalid",
    ),
    (
        "garbage in the parameters",
        || filled(&[&GARBAGE_PARAMETERS, &digest()]),
        "SignatureInvalid",
    ),
    (
        "garbage behind the digest",
        || filled(&[&DIGEST_INFO, &digest(), &[1, 2, 3]]),
        "SignatureInvalid",
    ),
    (
        "a long form of the length",
        || filled(&[&LONG_LENGTH, &digest()]),
        "SignatureInvalid",
    ),
    (
        "no NULL in the parameters",
        || filled(&[&NO_NULL, &digest()]),
        "SignatureInvalid",
    ),
    ("no DigestInfo", || filled(&[&digest()]), "SignatureInvalid"),
    (
        "the message instead of its digest",
        || filled(&[&DIGEST_INFO, b"message"]),
        "SignatureInvalid",
    ),
    (
        "only the end is right",
        || {
            let mut encoded = vec![0x5a; 224];
            encoded[0] = 0;
            encoded.extend(digest());
            with_signature(key().sign_encoded(&encoded))
        },
        "SignatureInvalid",
    ),
    (
        "SHA-1",
        || filled(&[&SHA_1, &digest()[..20]]),
        "SignatureInvalid",
    ),
    (
        "SHA-512",
        || filled(&[&SHA_512, &Sha512::digest(signing_input())]),
        "SignatureInvalid",
    ),
    (
        "a SHA-256 digest named SHA-512",
        || filled(&[&SHA_512, &digest()]),
        "SignatureInvalid",
    ),
    (
        "the digest cut short",
        || filled(&[&DIGEST_INFO, &digest()[..31]]),
        "SignatureInvalid",
    ),
    ("PSS", pss, "SignatureInvalid"),
];

#[test]
fn rsa() {
    run(RSA, &KEYS, &profile());
}

#[test]
fn rsa_encoding() {
    run(ENCODING, &KEYS, &profile());
    // What makes these is what makes a good one.
    let good: &[Attack] = &[("good", || filled(&[&DIGEST_INFO, &digest()]), "")];
    run(good, &KEYS, &profile());
}

/// n + s is as long as n where n is much shorter than whole bytes.
#[test]
fn rsa_signature_plus_modulus() {
    let signer = Signer::Rs256(SmoothKey::random(2049, &mut StdRng::seed_from_u64(3)));
    let Signer::Rs256(key) = &signer else {
        unreachable!("an RSA key");
    };
    let input = signing_input();
    let good = key.sign(input.as_bytes());
    let keys = signer.material();
    let outcome = |signature: &[u8]| super::outcome(&with_signature(signature), &keys, &profile());
    assert_eq!(outcome(&good), "");
    let mut again = BigUint::from_bytes_be(&good);
    for _ in 0..100 {
        again += key.modulus();
        assert_eq!(outcome(&padded(&again, 257)), "SignatureInvalid");
    }
}

static CURVE: LazyLock<Signer> = LazyLock::new(|| Signer::new(Algorithm::ES256, 1));
const CURVE_HEADER: &str = r#"{"alg":"ES256","kid":"k1"}"#;
/// The order of P-256 (SEC 2, 2.4.2).
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6,
    0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];
const ZERO: [u8; 32] = [0; 32];

fn curve_input() -> String {
    format!("{}.{}", base64url(CURVE_HEADER), base64url(CLAIMS))
}

fn curve_good() -> Vec<u8> {
    CURVE.sign(curve_input().as_bytes())
}

fn on_curve(parts: &[&[u8]]) -> String {
    format!("{}.{}", curve_input(), base64url(parts.concat()))
}

/// As in X.509: a SEQUENCE of two INTEGERs.
fn der() -> Vec<u8> {
    let signature = curve_good();
    let integer = |half: &[u8]| [&[2, 33, 0], half].concat();
    let integers = [integer(&signature[..32]), integer(&signature[32..])].concat();
    [&[0x30, 70], integers.as_slice()].concat()
}

const ECDSA: &[Attack] = &[
    ("good", || on_curve(&[&curve_good()]), ""),
    ("none at all", || on_curve(&[]), "SignatureInvalid"),
    (
        "r = s = 0",
        || on_curve(&[&ZERO, &ZERO]),
        "SignatureInvalid",
    ),
    (
        "r = 0",
        || on_curve(&[&ZERO, &curve_good()[32..]]),
        "SignatureInvalid",
    ),
    (
        "s = 0",
        || on_curve(&[&curve_good()[..32], &ZERO]),
        "SignatureInvalid",
    ),
    (
        "r = n",
        || on_curve(&[&ORDER, &curve_good()[32..]]),
        "SignatureInvalid",
    ),
    (
        "s = n",
        || on_curve(&[&curve_good()[..32], &ORDER]),
        "SignatureInvalid",
    ),
    (
        "r = s = n",
        || on_curve(&[&ORDER, &ORDER]),
        "SignatureInvalid",
    ),
    ("all ones", || on_curve(&[&[0xff; 64]]), "SignatureInvalid"),
    (
        "s before r",
        || on_curve(&[&curve_good()[32..], &curve_good()[..32]]),
        "SignatureInvalid",
    ),
    ("in DER", || on_curve(&[&der()]), "SignatureInvalid"),
    (
        "a zero before",
        || on_curve(&[&[0], &curve_good()]),
        "SignatureInvalid",
    ),
    (
        "a zero behind",
        || on_curve(&[&curve_good(), &[0]]),
        "SignatureInvalid",
    ),
    (
        "of 63 bytes",
        || on_curve(&[&curve_good()[1..]]),
        "SignatureInvalid",
    ),
    (
        "halves of 33 bytes",
        || on_curve(&[&[0], &curve_good()[..32], &[0], &curve_good()[32..]]),
        "SignatureInvalid",
    ),
    (
        "RSA's",
        || on_curve(&[&key().sign(curve_input().as_bytes())]),
        "SignatureInvalid",
    ),
    (
        "another key's",
        || Signer::new(Algorithm::ES256, 2).token(CURVE_HEADER, CLAIMS),
        "SignatureInvalid",
    ),
];

#[test]
fn ecdsa() {
    let profile = Profile {
        algorithm: Algorithm::ES256,
        ..profile()
    };
    run(ECDSA, &CURVE.material(), &profile);
}

static SHARED: LazyLock<Signer> = LazyLock::new(|| Signer::new(Algorithm::HS256, 1));
const SHARED_HEADER: &str = r#"{"alg":"HS256"}"#;

fn mac() -> Vec<u8> {
    SHARED.sign(shared_input().as_bytes())
}

fn shared_input() -> String {
    format!("{}.{}", base64url(SHARED_HEADER), base64url(CLAIMS))
}

fn shared(mac: &[u8]) -> String {
    format!("{}.{}", shared_input(), base64url(mac))
}

const HMAC: &[Attack] = &[
    ("good", || shared(&mac()), ""),
    ("none at all", || shared(&[]), "SignatureInvalid"),
    (
        "cut to 31 bytes",
        || shared(&mac()[..31]),
        "SignatureInvalid",
    ),
    (
        "cut to 16 bytes",
        || shared(&mac()[..16]),
        "SignatureInvalid",
    ),
    (
        "its right half",
        || shared(&mac()[16..]),
        "SignatureInvalid",
    ),
    (
        "a zero behind",
        || shared(&[mac().as_slice(), &[0]].concat()),
        "SignatureInvalid",
    ),
    (
        "another key's",
        || Signer::new(Algorithm::HS256, 2).token(SHARED_HEADER, CLAIMS),
        "SignatureInvalid",
    ),
    (
        "an empty key's",
        || Signer::Hs256(vec![]).token(SHARED_HEADER, CLAIMS),
        "SignatureInvalid",
    ),
    (
        "alg HS512 with the same key",
        || {
            let Signer::Hs256(key) = &*SHARED else {
                unreachable!("an HMAC key");
            };
            Signer::Hs512(key.clone()).token(r#"{"alg":"HS512"}"#, CLAIMS)
        },
        "AlgorithmRefused",
    ),
    (
        "alg none",
        || format!("{}.{}.", base64url(r#"{"alg":"none"}"#), base64url(CLAIMS)),
        "AlgorithmRefused",
    ),
];

#[test]
fn hmac() {
    let profile = Profile {
        algorithm: Algorithm::HS256,
        ..profile()
    };
    run(HMAC, &SHARED.material(), &profile);
    let for_others: KeyMaterial = Signer::new(Algorithm::HS512, 1).material();
    let good: &[Attack] = &[("a key for HS512", || shared(&mac()), "KeyUnknown")];
    run(good, &for_others, &profile);
}
