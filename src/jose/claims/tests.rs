//! Tests of [`super`].

use azat_policy::{Algorithm, JtiRule, Profile};
use serde_json::{Value, json};

use super::{Authentic, Verified};
use crate::jose::TokenFault;
use crate::time::UnixTime;

const NOW: u64 = 1_800_000_000;
const DAY: u64 = 86_400;

fn profile() -> Profile {
    Profile {
        issuer: Some("https://azul.example".into()),
        maximum_lifetime_seconds: Some(7 * 86_400),
        leeway_seconds: 60,
        ..Profile::of(Algorithm::RS256)
    }
}

fn claims() -> Value {
    json!({"iss": "https://azul.example", "sub": "google#1", "iat": NOW, "exp": NOW + DAY})
}

/// The outcome for good claims with `changes` made: `remove` removes a member.
fn verify(profile: &Profile, changes: Value) -> Result<Verified, TokenFault> {
    let mut claims = claims();
    let members = claims.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        match value.as_str() {
            Some("remove") => members.remove(name),
            _ => members.insert(name.clone(), value.clone()),
        };
    }
    Authentic::from_payload(claims.to_string().as_bytes())?
        .verify(profile, UnixTime::from_seconds(NOW))
}

fn outcome(changes: Value) -> Result<String, TokenFault> {
    verify(&profile(), changes).map(|verified| verified.subject)
}

#[test]
fn good_claims_are_believed() {
    assert_eq!(outcome(json!({})), Ok("google#1".into()));
    let unknown = json!({"unknown": [{"sub": 1}], "exp": NOW as f64 + 0.5});
    assert_eq!(outcome(unknown), Ok("google#1".into()));
}

#[test]
fn every_claim_is_typed() {
    let malformed = |changes: Value| {
        let outcome = outcome(changes.clone());
        let malformed = matches!(outcome, Err(TokenFault::ClaimsMalformed(_)));
        assert!(malformed, "{changes}: {outcome:?}");
    };
    for name in ["sub", "exp", "iat"] {
        malformed(json!({ name: "remove" }));
    }
    for name in ["iss", "sub", "exp", "iat", "nbf", "jti", "aud"] {
        for value in [json!(null), json!([1]), json!({}), json!(true)] {
            malformed(json!({ name: value }));
        }
    }
    for name in ["exp", "iat", "nbf"] {
        for value in [json!("1900000000"), json!(-1), json!(-0.5), json!(1e300)] {
            malformed(json!({ name: value }));
        }
    }
    malformed(json!({"sub": ""}));
    malformed(json!({"jti": 1}));
    malformed(json!({"aud": [["a"]]}));
}

#[test]
fn no_member_is_there_twice() {
    let payload = r#"{"sub":"a","exp":1,"sub":"b"}"#;
    let expected = "expected objects of at most 64 members, each only once";
    assert_eq!(
        Authentic::from_payload(payload.as_bytes()).err(),
        Some(TokenFault::ClaimsMalformed(expected))
    );
}

#[test]
fn the_issuer_is_compared_byte_for_byte() {
    for iss in [
        "https://azul.example/",
        "https://AZUL.example",
        "https://azul.exampl",
        "",
    ] {
        assert_eq!(
            outcome(json!({ "iss": iss })),
            Err(TokenFault::IssuerRefused),
            "{iss:?}"
        );
    }
}

#[test]
fn a_profile_without_issuer_takes_no_issuer() {
    let anonymous = Profile {
        issuer: None,
        ..profile()
    };
    let outcome = |iss| verify(&anonymous, json!({ "iss": iss }));
    assert_eq!(outcome("remove").unwrap().issuer, "");
    assert_eq!(outcome("").err(), Some(TokenFault::IssuerRefused));
    assert_eq!(
        outcome("https://azul.example").err(),
        Some(TokenFault::IssuerRefused)
    );
}

#[test]
fn a_subject_goes_on_after_the_profiles_prefix() {
    let prefixed = Profile {
        subject_prefix: Some("#".into()),
        ..profile()
    };
    let outcome = |sub| verify(&prefixed, json!({ "sub": sub })).map(|verified| verified.subject);
    assert_eq!(outcome("#1"), Ok("#1".into()));
    for sub in ["#", "1", "google#1", " #1"] {
        assert_eq!(outcome(sub), Err(TokenFault::SubjectRefused), "{sub:?}");
    }
}

#[test]
fn a_token_is_for_the_profiles_audience_or_for_nobody_in_particular() {
    let addressed = Profile {
        audience: Some("edge".into()),
        ..profile()
    };
    let refused = Some(TokenFault::AudienceRefused);
    for aud in [json!("edge"), json!(["edge"]), json!(["other", "edge"])] {
        assert_eq!(
            verify(&addressed, json!({ "aud": aud })).err(),
            None,
            "{aud}"
        );
        assert_eq!(outcome(json!({ "aud": aud })).err(), refused, "{aud}");
    }
    for aud in [
        json!("remove"),
        json!([]),
        json!("Edge"),
        json!("edge2"),
        json!(["edg", "e"]),
    ] {
        assert_eq!(
            verify(&addressed, json!({ "aud": aud })).err(),
            refused,
            "{aud}"
        );
    }
    assert_eq!(outcome(json!({"aud": []})).err(), refused);
}

#[test]
fn a_token_bound_to_a_key_is_not_a_bearer_token() {
    for cnf in [json!({"jkt": "x"}), json!({}), json!(null)] {
        assert_eq!(
            outcome(json!({ "cnf": cnf })),
            Err(TokenFault::PossessionUnproven)
        );
    }
}

#[test]
fn a_fraction_shortens_a_tokens_life() {
    let of = |changes| outcome(changes).err();
    let ended = NOW as f64 - 60.0;
    assert!(matches!(
        of(json!({"iat": NOW - DAY, "exp": ended + 0.5})),
        Some(TokenFault::Expired { .. })
    ));
    let begins = NOW as f64 + 60.0;
    assert_eq!(of(json!({ "nbf": begins })), None);
    assert_eq!(
        of(json!({"nbf": begins + 0.5})),
        Some(TokenFault::NotYetValid)
    );
    assert_eq!(
        of(json!({"iat": begins + 0.5})),
        Some(TokenFault::NotYetValid)
    );
    let week = (NOW + 7 * DAY) as f64;
    assert_eq!(
        of(json!({"exp": week + 0.5})),
        Some(TokenFault::LifetimeTooLong)
    );
}

#[test]
fn a_token_without_iat_is_as_old_as_can_be() {
    let lasting = Profile {
        maximum_lifetime_seconds: None,
        ..profile()
    };
    let verified = verify(&lasting, json!({"iat": "remove", "exp": NOW + 1000 * DAY}));
    assert_eq!(verified.unwrap().issued_at, UnixTime::from_seconds(0));
}

#[test]
fn a_token_ends_at_exp_plus_leeway() {
    let ended = |exp| outcome(json!({"iat": NOW - DAY, "exp": exp}));
    assert!(ended(NOW - 59).is_ok());
    let at = UnixTime::from_seconds(NOW - 60);
    assert_eq!(ended(NOW - 60), Err(TokenFault::Expired { at }));
}

#[test]
fn a_token_begins_at_iat_or_nbf_less_leeway() {
    assert!(outcome(json!({"iat": NOW + 60})).is_ok());
    assert_eq!(
        outcome(json!({"iat": NOW + 61})),
        Err(TokenFault::NotYetValid)
    );
    assert!(outcome(json!({"nbf": NOW + 60})).is_ok());
    assert_eq!(
        outcome(json!({"nbf": NOW + 61})),
        Err(TokenFault::NotYetValid)
    );
}

#[test]
fn a_lifetime_is_the_issuers_at_most() {
    assert!(outcome(json!({"exp": NOW + 7 * DAY})).is_ok());
    assert_eq!(
        outcome(json!({"exp": NOW + 7 * DAY + 1})),
        Err(TokenFault::LifetimeTooLong)
    );
    let backwards = TokenFault::ClaimsMalformed("exp comes before iat");
    assert_eq!(outcome(json!({"iat": NOW, "exp": NOW - 1})), Err(backwards));
}

#[test]
fn a_jti_counts_when_it_is_a_number() {
    let counter = |jti| verify(&profile(), json!({ "jti": jti })).map(|verified| verified.counter);
    let counting = Profile {
        jti: Some(JtiRule::Counter),
        ..profile()
    };
    let must_count =
        |jti| verify(&counting, json!({ "jti": jti })).map(|verified| verified.counter);
    let uncounted = Err(TokenFault::ClaimsMalformed("expected jti as a counter"));
    assert_eq!(must_count("7"), Ok(Some(7)));
    assert_eq!(must_count("remove"), uncounted);
    assert_eq!(counter("0"), Ok(Some(0)));
    assert_eq!(counter("18446744073709551615"), Ok(Some(u64::MAX)));
    for jti in ["", "01", "+1", "-1", "1.0", "a", "18446744073709551616"] {
        assert_eq!(counter(jti), Ok(None), "{jti:?}");
        assert_eq!(must_count(jti), uncounted, "{jti:?}");
    }
}
