//! Attacks by the claims, signed by the right key or a wrong one.

use azat_policy::Profile;
use serde_json::json;

use super::{
    ATTACKER, Attack, CLAIMS, HEADER, KEYS, NOW, profile, run, with_changes, with_claims, with_exp,
    with_member,
};

const TIME: &[Attack] = &[
    (
        "exp absent",
        || with_changes(json!({"exp": null})),
        "ClaimsMalformed",
    ),
    (
        "exp a string",
        || with_exp(r#""1800003600""#),
        "ClaimsMalformed",
    ),
    (
        "exp a date",
        || with_exp(r#""2027-01-15T09:00:00Z""#),
        "ClaimsMalformed",
    ),
    ("exp null", || with_exp("null"), "ClaimsMalformed"),
    ("exp true", || with_exp("true"), "ClaimsMalformed"),
    (
        "exp an array",
        || with_exp("[1800003600]"),
        "ClaimsMalformed",
    ),
    (
        "exp an object",
        || with_exp(r#"{"$date":1800003600}"#),
        "ClaimsMalformed",
    ),
    ("exp -1", || with_exp("-1"), "ClaimsMalformed"),
    ("exp -1.5", || with_exp("-1.5"), "ClaimsMalformed"),
    ("exp NaN", || with_exp("NaN"), "ClaimsMalformed"),
    ("exp Infinity", || with_exp("Infinity"), "ClaimsMalformed"),
    ("exp 1e400", || with_exp("1e400"), "ClaimsMalformed"),
    ("exp 1e300", || with_exp("1e300"), "ClaimsMalformed"),
    (
        "exp 2^53 + 1",
        || with_exp("9007199254740993"),
        "LifetimeTooLong",
    ),
    (
        "exp 2^63",
        || with_exp("9223372036854775808"),
        "LifetimeTooLong",
    ),
    (
        "exp 2^64 - 1",
        || with_exp("18446744073709551615"),
        "LifetimeTooLong",
    ),
    (
        "exp 2^64",
        || with_exp("18446744073709551616"),
        "ClaimsMalformed",
    ),
    (
        "exp 2^64 + a good one",
        || with_exp("18446744075509555216"),
        "ClaimsMalformed",
    ),
    (
        "exp of hexadecimal digits",
        || with_exp("0x6b49d200"),
        "ClaimsMalformed",
    ),
    (
        "exp with a leading zero",
        || with_exp("01800003600"),
        "ClaimsMalformed",
    ),
    (
        "exp 0",
        || with_changes(json!({"exp": 0, "iat": 0})),
        "Expired",
    ),
    (
        "exp -0",
        || {
            with_claims(
                CLAIMS
                    .replace("1800003600", "-0")
                    .replace("1800000000", "0"),
            )
        },
        "Expired",
    ),
    (
        "exp before iat",
        || with_exp("1799999999"),
        "ClaimsMalformed",
    ),
    (
        "exp in milliseconds",
        || with_exp("1800003600000"),
        "LifetimeTooLong",
    ),
    (
        "exp in the year 3000",
        || with_exp("32503680000"),
        "LifetimeTooLong",
    ),
    (
        "a life of 8 days",
        || with_exp("1800691200"),
        "LifetimeTooLong",
    ),
    (
        "a life of 7 days and half a second",
        || with_exp("1800604800.5"),
        "LifetimeTooLong",
    ),
    ("a life of 7 days", || with_exp("1800604800"), ""),
    (
        "now is exp plus leeway",
        || with_changes(json!({"iat": NOW - 3600, "exp": NOW - 60})),
        "Expired",
    ),
    (
        "now is exp plus leeway, and a fraction",
        || with_changes(json!({"iat": NOW - 3600, "exp": NOW as f64 - 59.5})),
        "Expired",
    ),
    (
        "a second before",
        || with_changes(json!({"iat": NOW - 3600, "exp": NOW - 59})),
        "",
    ),
    (
        "exp twice",
        || with_member(r#""exp":1800007200"#),
        "ClaimsMalformed",
    ),
    (
        "exp twice, once escaped",
        || with_member(r#""e\u0078p":1800007200"#),
        "ClaimsMalformed",
    ),
    ("exp and EXP", || with_member(r#""EXP":1"#), ""),
    (
        "iat absent",
        || with_changes(json!({"iat": null})),
        "ClaimsMalformed",
    ),
    (
        "iat a string",
        || with_changes(json!({"iat": "1800000000"})),
        "ClaimsMalformed",
    ),
    (
        "iat negative",
        || with_changes(json!({"iat": -1})),
        "ClaimsMalformed",
    ),
    (
        "iat in the future",
        || with_changes(json!({"iat": NOW + 61})),
        "NotYetValid",
    ),
    (
        "iat within the leeway",
        || with_changes(json!({"iat": NOW + 60})),
        "",
    ),
    (
        "nbf in the future",
        || with_changes(json!({"nbf": NOW + 61})),
        "NotYetValid",
    ),
    (
        "nbf within the leeway",
        || with_changes(json!({"nbf": NOW + 60})),
        "",
    ),
    (
        "nbf a string",
        || with_changes(json!({"nbf": "1800003600"})),
        "ClaimsMalformed",
    ),
    (
        "nbf null",
        || with_member(r#""nbf":null"#),
        "ClaimsMalformed",
    ),
    (
        "nbf true",
        || with_changes(json!({"nbf": true})),
        "ClaimsMalformed",
    ),
    (
        "nbf negative",
        || with_changes(json!({"nbf": -1})),
        "ClaimsMalformed",
    ),
    (
        "nbf 2^64 - 1",
        || with_changes(json!({"nbf": u64::MAX})),
        "NotYetValid",
    ),
];

const NAMES: &[Attack] = &[
    (
        "iss absent",
        || with_changes(json!({"iss": null})),
        "IssuerRefused",
    ),
    (
        "iss empty",
        || with_changes(json!({"iss": ""})),
        "IssuerRefused",
    ),
    (
        "iss of another",
        || with_changes(json!({"iss": "https://attacker.example"})),
        "IssuerRefused",
    ),
    (
        "iss a part of ours",
        || with_changes(json!({"iss": "https://azul"})),
        "IssuerRefused",
    ),
    (
        "iss ours and more",
        || with_changes(json!({"iss": "https://azul.example.attacker.example"})),
        "IssuerRefused",
    ),
    (
        "iss with a slash behind",
        || with_changes(json!({"iss": "https://azul.example/"})),
        "IssuerRefused",
    ),
    (
        "iss in another case",
        || with_changes(json!({"iss": "https://AZUL.example"})),
        "IssuerRefused",
    ),
    (
        "iss with a zero byte behind",
        || with_changes(json!({"iss": "https://azul.example\0"})),
        "IssuerRefused",
    ),
    (
        "iss with a blank before",
        || with_changes(json!({"iss": " https://azul.example"})),
        "IssuerRefused",
    ),
    (
        "iss with a letter that looks alike",
        || with_changes(json!({"iss": "https://\u{430}zul.example"})),
        "IssuerRefused",
    ),
    (
        "iss an array with ours in it",
        || with_changes(json!({"iss": ["https://azul.example"]})),
        "ClaimsMalformed",
    ),
    (
        "iss an object",
        || with_changes(json!({"iss": {"https://azul.example": 1}})),
        "ClaimsMalformed",
    ),
    (
        "iss null",
        || with_claims(CLAIMS.replace(r#""https://azul.example""#, "null")),
        "ClaimsMalformed",
    ),
    (
        "iss twice, ours first",
        || with_member(r#""iss":"https://attacker.example""#),
        "ClaimsMalformed",
    ),
    (
        "iss twice, ours last",
        || with_claims(CLAIMS.replacen('{', r#"{"iss":"https://attacker.example","#, 1)),
        "ClaimsMalformed",
    ),
    (
        "sub absent",
        || with_changes(json!({"sub": null})),
        "ClaimsMalformed",
    ),
    (
        "sub empty",
        || with_changes(json!({"sub": ""})),
        "ClaimsMalformed",
    ),
    (
        "sub a number",
        || with_changes(json!({"sub": 1})),
        "ClaimsMalformed",
    ),
    (
        "sub true",
        || with_changes(json!({"sub": true})),
        "ClaimsMalformed",
    ),
    (
        "sub an array",
        || with_changes(json!({"sub": ["google#1"]})),
        "ClaimsMalformed",
    ),
    (
        "sub twice",
        || with_member(r#""sub":"google#2""#),
        "ClaimsMalformed",
    ),
    (
        "aud of others",
        || with_changes(json!({"aud": "https://other.example"})),
        "AudienceRefused",
    ),
    (
        "aud of others, an array",
        || with_changes(json!({"aud": ["https://other.example"]})),
        "AudienceRefused",
    ),
    (
        "aud of nobody",
        || with_changes(json!({"aud": []})),
        "AudienceRefused",
    ),
    (
        "aud a number",
        || with_changes(json!({"aud": 1})),
        "ClaimsMalformed",
    ),
    (
        "jti a number",
        || with_changes(json!({"jti": 1})),
        "ClaimsMalformed",
    ),
    (
        "cnf: the token is bound to a key",
        || with_changes(json!({"cnf": {"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}})),
        "PossessionUnproven",
    ),
    (
        "cnf empty",
        || with_changes(json!({"cnf": {}})),
        "PossessionUnproven",
    ),
    (
        "cnf null",
        || with_member(r#""cnf":null"#),
        "PossessionUnproven",
    ),
    (
        "an unknown claim twice",
        || with_member(r#""x":1,"x":2"#),
        "ClaimsMalformed",
    ),
    (
        "a member twice, deep within",
        || with_member(r#""x":[{"y":1,"y":2}]"#),
        "ClaimsMalformed",
    ),
];

/// Whoever cannot sign learns nothing but that: what a claim says counts only once the signature is
/// good.
const FORGED: &[Attack] = &[
    (
        "forged",
        || ATTACKER.token(HEADER, CLAIMS),
        "SignatureInvalid",
    ),
    (
        "forged and expired",
        || ATTACKER.token(HEADER, CLAIMS.replace("18000", "17000")),
        "SignatureInvalid",
    ),
    (
        "forged, of another issuer",
        || ATTACKER.token(HEADER, CLAIMS.replace("azul", "attacker")),
        "SignatureInvalid",
    ),
    (
        "forged, no claims",
        || ATTACKER.token(HEADER, "{}"),
        "SignatureInvalid",
    ),
    (
        "forged, no JSON",
        || ATTACKER.token(HEADER, "\u{1}"),
        "SignatureInvalid",
    ),
    (
        "expired and of another issuer",
        || with_claims(CLAIMS.replace("18000", "17000").replace("azul", "attacker")),
        "IssuerRefused",
    ),
    (
        "expired and authentic",
        || with_claims(CLAIMS.replace("18000", "17000")),
        "Expired",
    ),
];

/// Honest claims that strict verifiers have been seen to refuse.
const HONEST: &[Attack] = &[
    ("exp with a fraction", || with_exp("1800003600.25"), ""),
    ("exp with an exponent", || with_exp("1.8000036e9"), ""),
    ("nbf in the past", || with_changes(json!({"nbf": 0})), ""),
    (
        "jti that is no counter",
        || with_changes(json!({"jti": "a-b-c"})),
        "",
    ),
    (
        "an unknown integer of 30 digits",
        || with_member(r#""x":123456789012345678901234567890"#),
        "",
    ),
    (
        "unknown claims, nested",
        || with_member(r#""x":{"y":[{"z":null},[[]]]}"#),
        "",
    ),
    (
        "an unknown claim with an empty name",
        || with_member(r#""":1"#),
        "",
    ),
    (
        "whitespace",
        || {
            with_claims(
                CLAIMS
                    .replace(',', "\r\n\t, ")
                    .replace(':', " : ")
                    .replace("https : ", "https:"),
            )
        },
        "",
    ),
    (
        "escapes",
        || {
            with_claims(
                CLAIMS
                    .replace("azul", r"a\u007aul")
                    .replace("https://", r"https:\/\/"),
            )
        },
        "",
    ),
    (
        "letters of the world",
        || with_changes(json!({"name": "J\u{fc}rgen \u{1f600} \u{4e2d}\u{6587}"})),
        "",
    ),
];

#[test]
fn time() {
    run(TIME, &KEYS, &profile());
}

#[test]
fn names() {
    run(NAMES, &KEYS, &profile());
}

#[test]
fn forged() {
    run(FORGED, &KEYS, &profile());
}

#[test]
fn honest() {
    run(HONEST, &KEYS, &profile());
}

/// A profile with an audience wants to be named, byte for byte.
#[test]
fn audience() {
    let attacks: &[Attack] = &[
        (
            "its own",
            || with_changes(json!({"aud": "https://edge.example"})),
            "",
        ),
        (
            "its own among others",
            || with_changes(json!({"aud": ["x", "https://edge.example"]})),
            "",
        ),
        ("absent", || with_claims(CLAIMS), "AudienceRefused"),
        (
            "empty",
            || with_changes(json!({"aud": ""})),
            "AudienceRefused",
        ),
        (
            "nobody",
            || with_changes(json!({"aud": []})),
            "AudienceRefused",
        ),
        (
            "its beginning",
            || with_changes(json!({"aud": "https://edge"})),
            "AudienceRefused",
        ),
        (
            "its own and more",
            || with_changes(json!({"aud": "https://edge.example.attacker.example"})),
            "AudienceRefused",
        ),
        (
            "its own with a slash",
            || with_changes(json!({"aud": "https://edge.example/"})),
            "AudienceRefused",
        ),
        (
            "its own in another case",
            || with_changes(json!({"aud": "https://EDGE.example"})),
            "AudienceRefused",
        ),
        (
            "several in one string",
            || with_changes(json!({"aud": "x https://edge.example"})),
            "AudienceRefused",
        ),
        (
            "its own and a number",
            || with_changes(json!({"aud": ["https://edge.example", 1]})),
            "ClaimsMalformed",
        ),
        (
            "its own in an array in an array",
            || with_changes(json!({"aud": [["https://edge.example"]]})),
            "ClaimsMalformed",
        ),
        (
            "an object",
            || with_changes(json!({"aud": {"https://edge.example": true}})),
            "ClaimsMalformed",
        ),
        ("null", || with_member(r#""aud":null"#), "ClaimsMalformed"),
    ];
    let profile = Profile {
        audience: Some("https://edge.example".into()),
        ..profile()
    };
    run(attacks, &KEYS, &profile);
}

/// A profile without an issuer takes no token that names one, and holds `sub` and `jti` to their
/// forms.
#[test]
fn subject_and_counter() {
    let attacks: &[Attack] = &[
        (
            "good",
            || with_changes(json!({"iss": null, "sub": "#1", "jti": "7"})),
            "",
        ),
        (
            "with iss",
            || with_changes(json!({"sub": "#1", "jti": "7"})),
            "IssuerRefused",
        ),
        (
            "with an empty iss",
            || with_changes(json!({"iss": "", "sub": "#1", "jti": "7"})),
            "IssuerRefused",
        ),
        (
            "sub without the prefix",
            || with_changes(json!({"iss": null, "sub": "1", "jti": "7"})),
            "SubjectRefused",
        ),
        (
            "sub the prefix alone",
            || with_changes(json!({"iss": null, "sub": "#", "jti": "7"})),
            "SubjectRefused",
        ),
        (
            "the prefix elsewhere",
            || with_changes(json!({"iss": null, "sub": "google#1", "jti": "7"})),
            "SubjectRefused",
        ),
        (
            "no jti",
            || with_changes(json!({"iss": null, "sub": "#1"})),
            "ClaimsMalformed",
        ),
        (
            "jti with a zero before",
            || with_changes(json!({"iss": null, "sub": "#1", "jti": "07"})),
            "ClaimsMalformed",
        ),
        (
            "jti with a sign",
            || with_changes(json!({"iss": null, "sub": "#1", "jti": "+7"})),
            "ClaimsMalformed",
        ),
        (
            "jti of other digits",
            || with_changes(json!({"iss": null, "sub": "#1", "jti": "\u{667}"})),
            "ClaimsMalformed",
        ),
        (
            "jti beyond 64 bits",
            || with_changes(json!({"iss": null, "sub": "#1", "jti": "18446744073709551616"})),
            "ClaimsMalformed",
        ),
    ];
    let profile = Profile {
        issuer: None,
        subject_prefix: Some("#".into()),
        jti: Some(azat_policy::JtiRule::Counter),
        ..profile()
    };
    run(attacks, &KEYS, &profile);
}
