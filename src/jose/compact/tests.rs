use azat_policy::Profile;
use serde_json::json;

use super::Compact;
use crate::jose::{Authentic, KeySet, TokenFault};
use crate::testing::{claims, jwk, profile, sign, token};

fn authenticate(token: &str, keys: serde_json::Value) -> Result<Authentic, TokenFault> {
    let profile: Profile = profile();
    let keys = KeySet::from_json(&json!({ "keys": keys })).unwrap();
    Compact::parse(token)?.authenticate(&profile, &keys)
}

fn with_header(header: &str) -> Result<Authentic, TokenFault> {
    authenticate(&sign(header, &claims().to_string()), json!([jwk("k1")]))
}

#[test]
fn the_form_is_exact() {
    let token = token();
    let (header, rest) = token.split_once('.').unwrap();
    let malformed = [
        String::new(),
        header.to_owned(),
        format!("{header}.{header}"),
        format!("{token}.{header}"),
        format!("..{token}.."),
        format!("{token}="),
        format!("{token} "),
        format!(" {token}"),
        format!("{}.{rest}", "!".repeat(8)),
        format!("{header}.{}", ".".repeat(1_000_000)),
        "a".repeat(8193),
    ];
    for text in malformed {
        let parsed = Compact::parse(&text).map(|_| ());
        assert!(
            matches!(parsed, Err(TokenFault::Malformed(_))),
            "{:.40}",
            text
        );
    }
    for header in [
        "",
        "[]",
        "null",
        "{}",
        r#"{"alg":1}"#,
        r#"{"alg":"RS256","kid":1}"#,
        "{\"alg\":\"RS256\"}x",
    ] {
        assert!(
            matches!(with_header(header), Err(TokenFault::Malformed(_))),
            "{header}"
        );
    }
}

#[test]
fn unknown_parameters_are_ignored_and_critical_ones_refused() {
    assert!(
        with_header(r#"{"alg":"RS256","kid":"k1","x":[{"y":1}],"jku":"https://evil.example"}"#)
            .is_ok()
    );
    for crit in ["[]", "[\"exp\"]", "null", "1", "\"b64\""] {
        let header = format!(r#"{{"alg":"RS256","kid":"k1","crit":{crit}}}"#);
        assert_eq!(
            with_header(&header).err(),
            Some(TokenFault::CriticalExtension),
            "{crit}"
        );
    }
}

#[test]
fn the_profile_fixes_the_algorithm() {
    for alg in [
        "none", "None", "", "HS256", "RS512", "PS256", "ES256", "rs256", "RS256 ",
    ] {
        let header = format!(r#"{{"alg":"{alg}","kid":"k1"}}"#);
        assert_eq!(
            with_header(&header).err(),
            Some(TokenFault::AlgorithmRefused),
            "{alg:?}"
        );
    }
}

#[test]
fn the_key_is_the_one_of_that_kid_or_the_only_one() {
    let without_kid = sign(r#"{"alg":"RS256"}"#, &claims().to_string());
    assert!(authenticate(&token(), json!([jwk("k1"), jwk("k2")])).is_ok());
    assert!(authenticate(&without_kid, json!([jwk("k1")])).is_ok());
    let unknown =
        |token: &str, keys| authenticate(token, keys).err() == Some(TokenFault::KeyUnknown);
    assert!(unknown(&token(), json!([jwk("k2")])));
    assert!(unknown(&token(), json!([])));
    assert!(unknown(&without_kid, json!([jwk("k1"), jwk("k2")])));
}

#[test]
fn no_byte_can_be_changed() {
    let token = token();
    let (input, signature) = token.rsplit_once('.').unwrap();
    let (header, _) = input.split_once('.').unwrap();
    let other = sign(header, "{}");
    let (_, others_signature) = other.rsplit_once('.').unwrap();
    let forged = [
        format!("{input}.{others_signature}"),
        format!("{input}."),
        format!("{input}.{}", &signature[..336]),
        format!("{input}.AAAA{signature}"),
        format!("{input}.{}", "A".repeat(342)),
        format!("{input}.{}", "_".repeat(341) + "w"),
    ];
    for token in forged {
        let outcome = authenticate(&token, json!([jwk("k1")])).err();
        assert_eq!(
            outcome,
            Some(TokenFault::SignatureInvalid),
            "{:.20}",
            &token[input.len()..]
        );
    }
}
