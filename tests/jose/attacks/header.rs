//! Attacks by the header.

use azat_edge::jose::KeySet;
use azat_policy::{Algorithm, Profile, WithoutKid};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use num_bigint::BigUint;
use rsa::RsaPublicKey;
use rsa::pkcs8::EncodePublicKey as _;
use serde_json::json;

use super::{ATTACKER, Attack, CLAIMS, HEADER, KEYS, SIGNER, profile, run, with_header};
use crate::signer::{KeyMaterial, Signer, base64url};
use crate::smooth_key::EXPONENT;

/// A token without a signature.
fn unsigned(header: &str) -> String {
    format!("{}.{}.", base64url(header), base64url(CLAIMS))
}

/// A token under HS256, signed with what everybody knows.
fn confused(secret: impl AsRef<[u8]>) -> String {
    Signer::Hs256(secret.as_ref().to_vec()).token(r#"{"alg":"HS256","kid":"k1"}"#, CLAIMS)
}

/// The public key as its owner publishes it.
fn pem() -> String {
    let Signer::Rs256(key) = &*SIGNER else {
        unreachable!("an RSA key");
    };
    let key = RsaPublicKey::new(key.modulus().clone(), BigUint::from(EXPONENT)).unwrap();
    let der = STANDARD.encode(key.to_public_key_der().unwrap());
    let lines: Vec<&str> = (0..der.len().div_ceil(64))
        .map(|line| &der[line * 64..der.len().min((line + 1) * 64)])
        .collect();
    format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        lines.join("\n")
    )
}

/// A token that brings the attacker's key along and is signed with it.
fn bringing(parameter: &str) -> String {
    ATTACKER.token(
        format!(r#"{{"alg":"RS256","kid":"k1",{parameter}}}"#),
        CLAIMS,
    )
}

fn with_kid(kid: &str) -> String {
    with_header(json!({"alg": "RS256", "kid": kid}).to_string())
}

fn with_parameter(parameter: &str) -> String {
    with_header(format!(r#"{{"alg":"RS256","kid":"k1",{parameter}}}"#))
}

const ALGORITHM: &[Attack] = &[
    (
        "alg none",
        || unsigned(r#"{"alg":"none"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg none, with kid",
        || unsigned(r#"{"alg":"none","kid":"k1"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg None",
        || unsigned(r#"{"alg":"None"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg nOnE",
        || unsigned(r#"{"alg":"nOnE"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg NONE",
        || unsigned(r#"{"alg":"NONE"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg none over a good signature",
        || with_header(r#"{"alg":"none","kid":"k1"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg missing",
        || with_header(r#"{"kid":"k1"}"#),
        "Malformed",
    ),
    (
        "alg missing, unsigned",
        || unsigned(r#"{"typ":"JWT"}"#),
        "Malformed",
    ),
    (
        "alg null",
        || with_header(r#"{"alg":null,"kid":"k1"}"#),
        "Malformed",
    ),
    (
        "alg an array",
        || with_header(r#"{"alg":["RS256"],"kid":"k1"}"#),
        "Malformed",
    ),
    (
        "alg an object",
        || with_header(r#"{"alg":{"RS256":1},"kid":"k1"}"#),
        "Malformed",
    ),
    (
        "alg a number",
        || with_header(r#"{"alg":256,"kid":"k1"}"#),
        "Malformed",
    ),
    (
        "alg true",
        || with_header(r#"{"alg":true,"kid":"k1"}"#),
        "Malformed",
    ),
    (
        "alg empty",
        || with_header(r#"{"alg":"","kid":"k1"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg in lower case",
        || with_header(r#"{"alg":"rs256","kid":"k1"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg with a blank",
        || with_header(r#"{"alg":"RS256 ","kid":"k1"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg with a zero byte",
        || with_header(r#"{"alg":"RS256\u0000","kid":"k1"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg unknown",
        || with_header(r#"{"alg":"XX999","kid":"k1"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg RS384",
        || with_header(r#"{"alg":"RS384","kid":"k1"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg RS1",
        || with_header(r#"{"alg":"RS1","kid":"k1"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg PS256",
        || with_header(r#"{"alg":"PS256","kid":"k1"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg ES256",
        || with_header(r#"{"alg":"ES256","kid":"k1"}"#),
        "AlgorithmRefused",
    ),
    (
        "alg twice",
        || with_header(r#"{"alg":"RS256","kid":"k1","alg":"none"}"#),
        "Malformed",
    ),
    (
        "alg twice, once escaped",
        || with_header(r#"{"\u0061lg":"none","alg":"RS256","kid":"k1"}"#),
        "Malformed",
    ),
    (
        "RSA as HMAC: the PEM is the secret",
        || confused(pem()),
        "AlgorithmRefused",
    ),
    (
        "RSA as HMAC: the PEM without its end of line",
        || confused(pem().trim_end()),
        "AlgorithmRefused",
    ),
    (
        "RSA as HMAC: the PEM after a blank",
        || confused(format!(" {}", pem())),
        "AlgorithmRefused",
    ),
    (
        "RSA as HMAC: the JWK is the secret",
        || confused(SIGNER.jwk("k1").unwrap().to_string()),
        "AlgorithmRefused",
    ),
    (
        "RSA as HMAC: an empty secret",
        || confused(""),
        "AlgorithmRefused",
    ),
];

const KEY: &[Attack] = &[
    (
        "jwk: the token brings its key",
        || bringing(&format!(r#""jwk":{}"#, ATTACKER.jwk("k1").unwrap())),
        "SignatureInvalid",
    ),
    (
        "jku: the token says where its key is",
        || bringing(r#""jku":"https://attacker.example/keys""#),
        "SignatureInvalid",
    ),
    (
        "x5u: the token says where its certificate is",
        || bringing(r#""x5u":"https://attacker.example/cert""#),
        "SignatureInvalid",
    ),
    (
        "x5c: the token brings its certificate",
        || bringing(r#""x5c":["MIIB"]"#),
        "SignatureInvalid",
    ),
    ("kid of nobody", || with_kid("k2"), "KeyUnknown"),
    ("kid empty", || with_kid(""), "KeyUnknown"),
    ("kid in another case", || with_kid("K1"), "KeyUnknown"),
    (
        "kid with a zero byte behind",
        || with_kid("k1\0"),
        "KeyUnknown",
    ),
    (
        "kid a path",
        || with_kid("../../../../dev/null"),
        "KeyUnknown",
    ),
    (
        "kid a statement",
        || with_kid("k1' OR '1'='1"),
        "KeyUnknown",
    ),
    (
        "kid a URL",
        || with_kid("https://attacker.example/k1"),
        "KeyUnknown",
    ),
    ("kid a command", || with_kid("k1|/bin/sh"), "KeyUnknown"),
    (
        "kid of control characters",
        || with_kid("k1\r\nx: y\u{1b}[2J"),
        "KeyUnknown",
    ),
    ("kid the place in the set", || with_kid("0"), "KeyUnknown"),
    (
        "kid of 10,000 bytes",
        || with_kid(&"k".repeat(10_000)),
        "Malformed",
    ),
    (
        "kid a number",
        || with_header(r#"{"alg":"RS256","kid":1}"#),
        "Malformed",
    ),
    (
        "kid null",
        || with_header(r#"{"alg":"RS256","kid":null}"#),
        "Malformed",
    ),
    (
        "kid an array",
        || with_header(r#"{"alg":"RS256","kid":["k1"]}"#),
        "Malformed",
    ),
    (
        "kid twice",
        || with_header(r#"{"alg":"RS256","kid":"k2","kid":"k1"}"#),
        "Malformed",
    ),
];

const EXTENSION: &[Attack] = &[
    (
        "crit of something unknown",
        || with_parameter(r#""crit":["x"],"x":1"#),
        "CriticalExtension",
    ),
    (
        "crit of something absent",
        || with_parameter(r#""crit":["x"]"#),
        "CriticalExtension",
    ),
    (
        "crit of a registered claim",
        || with_parameter(r#""crit":["exp"],"exp":1"#),
        "CriticalExtension",
    ),
    (
        "crit of b64",
        || with_parameter(r#""crit":["b64"],"b64":true"#),
        "CriticalExtension",
    ),
    (
        "crit of b64 false",
        || with_parameter(r#""crit":["b64"],"b64":false"#),
        "CriticalExtension",
    ),
    (
        "crit empty",
        || with_parameter(r#""crit":[]"#),
        "CriticalExtension",
    ),
    (
        "crit null",
        || with_parameter(r#""crit":null"#),
        "CriticalExtension",
    ),
    (
        "crit a string",
        || with_parameter(r#""crit":"x","x":"y""#),
        "CriticalExtension",
    ),
    (
        "crit of numbers",
        || with_parameter(r#""crit":[1]"#),
        "CriticalExtension",
    ),
    (
        "crit with an escape",
        || with_parameter(r#""\u0063rit":["x"]"#),
        "CriticalExtension",
    ),
    (
        "b64 false without crit",
        || with_parameter(r#""b64":false"#),
        "Malformed",
    ),
];

const KIND: &[Attack] = &[
    (
        "typ of a DPoP proof",
        || with_parameter(r#""typ":"dpop+jwt""#),
        "TypeRefused",
    ),
    (
        "typ of a logout token",
        || with_parameter(r#""typ":"logout+jwt""#),
        "TypeRefused",
    ),
    (
        "typ of a security event",
        || with_parameter(r#""typ":"application/secevent+jwt""#),
        "TypeRefused",
    ),
    (
        "typ of another access token",
        || with_parameter(r#""typ":"at+jwt""#),
        "TypeRefused",
    ),
    (
        "typ of a JSON serialisation",
        || with_parameter(r#""typ":"JOSE+JSON""#),
        "TypeRefused",
    ),
    ("typ empty", || with_parameter(r#""typ":"""#), "TypeRefused"),
    ("typ a number", || with_parameter(r#""typ":1"#), "Malformed"),
    ("typ null", || with_parameter(r#""typ":null"#), "Malformed"),
    (
        "typ twice",
        || with_parameter(r#""typ":"JWT","typ":"at+jwt""#),
        "Malformed",
    ),
    (
        "cty JWT: a token in the token",
        || with_parameter(r#""cty":"JWT""#),
        "Nested",
    ),
    (
        "a token in the token, unannounced",
        || SIGNER.token(HEADER, SIGNER.token(HEADER, CLAIMS)),
        "ClaimsMalformed",
    ),
    (
        "an encrypted token",
        || "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkExMjhHQ00ifQ.AAAA.AAAA.AAAA.AAAA".into(),
        "Encrypted",
    ),
    (
        "an encrypted token, the key agreed on",
        || "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.AAAA.AAAA".into(),
        "Encrypted",
    ),
    (
        "enc in a signed token",
        || with_parameter(r#""enc":"A128GCM""#),
        "Encrypted",
    ),
    (
        "zip and a bomb's name",
        || with_parameter(r#""zip":"DEF","enc":"A128GCM""#),
        "Encrypted",
    ),
    (
        "p2c: two billion rounds",
        || with_header(r#"{"alg":"PBES2-HS256+A128KW","p2c":2147483647}"#),
        "AlgorithmRefused",
    ),
];

/// Honest headers that strict verifiers have been seen to refuse.
const HONEST: &[Attack] = &[
    ("no kid, one key", || with_header(r#"{"alg":"RS256"}"#), ""),
    ("typ JWT", || with_parameter(r#""typ":"JWT""#), ""),
    ("typ jwt", || with_parameter(r#""typ":"jwt""#), ""),
    (
        "typ application/jwt",
        || with_parameter(r#""typ":"application/jwt""#),
        "",
    ),
    ("an unknown string", || with_parameter(r#""x":"y""#), ""),
    ("an unknown number", || with_parameter(r#""x":1.5e3"#), ""),
    ("an unknown boolean", || with_parameter(r#""x":false"#), ""),
    ("an unknown null", || with_parameter(r#""x":null"#), ""),
    (
        "an unknown array",
        || with_parameter(r#""x":[1,"y",null]"#),
        "",
    ),
    (
        "an unknown object",
        || with_parameter(r#""x":{"y":{"z":[]}}"#),
        "",
    ),
    (
        "a registered parameter of a wrong type, not used here",
        || with_parameter(r#""x5t":7"#),
        "",
    ),
    (
        "whitespace",
        || with_header(" {\r\n\t\"alg\" : \"RS256\" ,\n \"kid\" : \"k1\" } \n"),
        "",
    ),
    (
        "escapes",
        || with_header(r#"{"\u0061lg":"RS25\u0036","kid":"\u006b1"}"#),
        "",
    ),
    (
        "another order",
        || with_header(r#"{"kid":"k1","typ":"JWT","alg":"RS256"}"#),
        "",
    ),
    (
        "names in another case are other names",
        || with_parameter(r#""Crit":["x"],"ALG":"none""#),
        "",
    ),
];

#[test]
fn algorithm() {
    run(ALGORITHM, &KEYS, &profile());
}

#[test]
fn key() {
    run(KEY, &KEYS, &profile());
}

#[test]
fn extension() {
    run(EXTENSION, &KEYS, &profile());
}

#[test]
fn kind() {
    run(KIND, &KEYS, &profile());
}

#[test]
fn honest() {
    run(HONEST, &KEYS, &profile());
}

/// A profile with a `typ` of its own takes no other, nor its absence.
#[test]
fn explicit_type() {
    let attacks: &[Attack] = &[
        ("its typ", || with_parameter(r#""typ":"at+jwt""#), ""),
        (
            "its typ in full, in another case",
            || with_parameter(r#""typ":"application/AT+JWT""#),
            "",
        ),
        ("no typ", || with_header(HEADER), "TypeRefused"),
        (
            "typ JWT",
            || with_parameter(r#""typ":"JWT""#),
            "TypeRefused",
        ),
        (
            "its typ's beginning",
            || with_parameter(r#""typ":"at""#),
            "TypeRefused",
        ),
        (
            "its typ, longer",
            || with_parameter(r#""typ":"at+jwt2""#),
            "TypeRefused",
        ),
    ];
    let profile = Profile {
        typ: Some("at+jwt".into()),
        ..profile()
    };
    run(attacks, &KEYS, &profile);
}

/// With several keys, a token without `kid` has none, or one of the first three.
#[test]
fn several_keys() {
    let signers: Vec<Signer> = (1..5)
        .map(|seed| Signer::new(Algorithm::ES256, seed))
        .collect();
    let keys: Vec<_> = (signers.iter().zip(["k1", "k2", "k3", "k4"]))
        .map(|(signer, kid)| signer.jwk(kid))
        .collect();
    let set = KeyMaterial::Published(KeySet::from_json(&json!({ "keys": keys })).unwrap());
    let only_key = Profile {
        algorithm: Algorithm::ES256,
        ..profile()
    };
    let three_keys = Profile {
        without_kid: WithoutKid::ThreeKeys,
        ..only_key.clone()
    };
    let outcome = |signer: &Signer, header: &str, profile: &Profile| {
        super::outcome(&signer.token(header, CLAIMS), &set, profile)
    };
    let no_kid = r#"{"alg":"ES256"}"#;
    let expected = ["", "", "", "SignatureInvalid"];
    for (signer, expected) in signers.iter().zip(expected) {
        assert_eq!(outcome(signer, no_kid, &only_key), "KeyUnknown");
        assert_eq!(outcome(signer, no_kid, &three_keys), expected);
        // A kid that is there counts under either rule.
        let another = r#"{"alg":"ES256","kid":"k5"}"#;
        assert_eq!(outcome(signer, another, &three_keys), "KeyUnknown");
    }
    let first = r#"{"alg":"ES256","kid":"k1"}"#;
    assert_eq!(outcome(&signers[1], first, &three_keys), "SignatureInvalid");
    assert_eq!(outcome(&signers[0], first, &three_keys), "");
}

/// A set with keys of two algorithms: the profile alone says which are looked at.
#[test]
fn keys_of_two_algorithms() {
    let curve = Signer::new(Algorithm::ES256, 9);
    let set = json!({"keys": [SIGNER.jwk("k1"), curve.jwk("k2")]});
    let set = KeyMaterial::Published(KeySet::from_json(&set).unwrap());
    let rsa = profile();
    let p256 = Profile {
        algorithm: Algorithm::ES256,
        ..profile()
    };
    let outcome = |token: &str, profile| super::outcome(token, &set, profile);
    let good = curve.token(r#"{"alg":"ES256","kid":"k2"}"#, CLAIMS);
    assert_eq!(outcome(&good, &p256), "");
    assert_eq!(outcome(&good, &rsa), "AlgorithmRefused");
    let lying = curve.token(r#"{"alg":"RS256","kid":"k2"}"#, CLAIMS);
    assert_eq!(outcome(&lying, &rsa), "KeyUnknown");
    let lying = SIGNER.token(r#"{"alg":"ES256","kid":"k1"}"#, CLAIMS);
    assert_eq!(outcome(&lying, &p256), "KeyUnknown");
}
