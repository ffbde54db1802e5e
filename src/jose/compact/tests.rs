//! Tests of [`super`].

use azat_policy::{Algorithm, Profile};
use serde_json::json;

use super::Compact;
use crate::jose::{Authentic, KeySet, Keys, SymmetricKey, TokenFault};
use crate::testing::{claims, jwk, profile, sign, token};

fn authenticate(token: &str, keys: serde_json::Value) -> Result<Authentic, TokenFault> {
    let profile: Profile = profile();
    let keys = KeySet::from_json(&json!({ "keys": keys })).unwrap();
    Compact::parse(token)?.authenticate(&profile, Keys::Published(&keys))
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
        r#"{"alg":null}"#,
        r#"{"alg":["RS256"]}"#,
        r#"{"alg":"RS256","kid":1}"#,
        r#"{"alg":"RS256","kid":null}"#,
        r#"{"alg":"RS256","typ":1}"#,
        r#"{"alg":"RS256","cty":[]}"#,
        r#"{"alg":"RS256","alg":"RS256"}"#,
        r#"{"alg":"RS256","\u0061lg":"none"}"#,
        r#"{"alg":"RS256","x":1,"x":1}"#,
        r#"{"alg":"RS256","b64":false}"#,
        r#"{"alg":"RS256","b64":null}"#,
        "{\"alg\":\"RS256\"}x",
        &format!(r#"{{"alg":"RS256","x":"{}"}}"#, "a".repeat(2048)),
        &format!(
            r#"{{"alg":"RS256","x":{}1{}}}"#,
            "[".repeat(900),
            "]".repeat(900)
        ),
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
fn encrypted_and_nested_tokens_are_refused_as_such() {
    let encrypted = format!("{}.AA.AA", token());
    assert_eq!(
        Compact::parse(&encrypted).err(),
        Some(TokenFault::Encrypted)
    );
    let header = r#"{"alg":"RS256","kid":"k1","enc":"A256GCM"}"#;
    assert_eq!(with_header(header).err(), Some(TokenFault::Encrypted));
    for cty in ["JWT", "jwt", "application/jwt"] {
        let header = format!(r#"{{"alg":"RS256","kid":"k1","cty":"{cty}"}}"#);
        assert_eq!(
            with_header(&header).err(),
            Some(TokenFault::Nested),
            "{cty}"
        );
    }
    assert!(
        with_header(r#"{"alg":"RS256","kid":"k1","cty":"json","zip":"DEF","b64":true}"#).is_ok()
    );
}

#[test]
fn the_type_is_the_profiles() {
    let outcome = |typ: Option<&str>, own: &str| {
        let profile = Profile {
            typ: typ.map(str::to_owned),
            ..profile()
        };
        let header = match own {
            "" => r#"{"alg":"RS256","kid":"k1"}"#.to_owned(),
            own => format!(r#"{{"alg":"RS256","kid":"k1","typ":"{own}"}}"#),
        };
        let token = sign(&header, &claims().to_string());
        let keys = KeySet::from_json(&json!({"keys": [jwk("k1")]})).unwrap();
        let compact = Compact::parse(&token).unwrap();
        compact.authenticate(&profile, Keys::Published(&keys)).err()
    };
    for own in ["", "JWT", "jwt", "application/JWT"] {
        assert_eq!(outcome(None, own), None, "{own:?}");
        assert_eq!(
            outcome(Some("at+jwt"), own),
            Some(TokenFault::TypeRefused),
            "{own:?}"
        );
    }
    for own in [
        "at+jwt",
        "AT+JWT",
        "application/at+jwt",
        "Application/AT+jwt",
    ] {
        assert_eq!(outcome(Some("at+jwt"), own), None, "{own:?}");
        assert_eq!(outcome(Some("application/at+jwt"), own), None, "{own:?}");
        assert_eq!(outcome(None, own), Some(TokenFault::TypeRefused), "{own:?}");
    }
    for own in [
        "dpop+jwt",
        "logout+jwt",
        "JWT ",
        "text/JWT",
        "application/application/jwt",
    ] {
        assert_eq!(outcome(None, own), Some(TokenFault::TypeRefused), "{own:?}");
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

/// The example of RFC 7515, A.3. Its payload is good JSON, but no set of claims of ours.
#[test]
fn es256_verifies_the_standards_example() {
    let token = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    let key = json!({
        "kty": "EC",
        "crv": "P-256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    });
    let keys = KeySet::from_json(&json!({"keys": [key]})).unwrap();
    let profile = Profile::of(Algorithm::ES256);
    let outcome = |token: &str| {
        let compact = Compact::parse(token)?;
        compact
            .authenticate(&profile, Keys::Published(&keys))
            .map(|_| ())
    };
    let no_sub = Err(TokenFault::ClaimsMalformed("expected sub, not empty"));
    assert_eq!(outcome(token), no_sub);
    let (input, signature) = token.rsplit_once('.').unwrap();
    let forged = [
        String::new(),
        "A".repeat(86),
        format!("{}A", &signature[..85]),
        format!("{signature}AA"),
        signature[2..].to_owned(),
        format!("{}{}", &signature[..43], "A".repeat(43)),
    ];
    for signature in forged {
        let outcome = outcome(&format!("{input}.{signature}"));
        let is_refused = matches!(
            outcome,
            Err(TokenFault::SignatureInvalid | TokenFault::Malformed(_))
        );
        assert!(is_refused, "{signature}: {outcome:?}");
    }
}

#[test]
fn a_shared_key_is_for_its_own_algorithm() {
    let secret = SymmetricKey::new(Algorithm::HS256, &[7; 64]).unwrap();
    let token = sign(r#"{"alg":"RS256"}"#, &claims().to_string());
    let outcome = |algorithm| {
        let profile = Profile::of(algorithm);
        let compact = Compact::parse(&token).unwrap();
        compact
            .authenticate(&profile, Keys::Symmetric(&secret))
            .err()
    };
    assert_eq!(outcome(Algorithm::RS256), Some(TokenFault::KeyUnknown));
    assert_eq!(
        outcome(Algorithm::HS256),
        Some(TokenFault::AlgorithmRefused)
    );
}
