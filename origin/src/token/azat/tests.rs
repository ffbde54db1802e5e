//! Tests of [`super`].

use azat_edge::jose::{Compact, KeySet, Keys, TokenFault};
use azat_edge::time::UnixTime;
use azat_policy::{Algorithm, Profile};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{Azat, Lifetime, NotALifetime};
use crate::samples::{self, BASE_URL, SUBJECT};
use crate::token::JwkSet;

const NOW: UnixTime = UnixTime::from_seconds(1_800_000_000);

fn mint() -> Azat {
    Azat::mint(
        samples::signing_key(),
        &BASE_URL.parse().unwrap(),
        &SUBJECT.parse().unwrap(),
        7,
        Lifetime::MAXIMUM,
        NOW,
    )
    .unwrap()
}

#[test]
fn a_token_says_what_was_agreed() {
    let azat = mint();
    let segment = |index| -> Value {
        let text = azat.as_str().split('.').nth(index).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
    };
    let kid = samples::signing_key().kid();
    assert_eq!(
        segment(0),
        json!({"typ": "JWT", "alg": "RS256", "kid": kid})
    );
    assert_eq!(
        segment(1),
        json!({"iss": BASE_URL, "sub": SUBJECT, "iat": 1_800_000_000_u32, "exp": 1_800_604_800_u32, "jti": "7"})
    );
}

#[test]
fn the_edge_believes_it() {
    let profile = Profile {
        issuer: Some(BASE_URL.into()),
        maximum_lifetime_seconds: Some(604_800),
        ..Profile::of(Algorithm::RS256)
    };
    let verified_by = |key| {
        let set = serde_json::to_value(JwkSet::of(std::slice::from_ref(key))).unwrap();
        let keys = KeySet::from_json(&set).unwrap();
        let azat = mint();
        Compact::parse(azat.as_str())?
            .authenticate(&profile, Keys::Published(&keys))?
            .verify(&profile, NOW)
    };
    assert_eq!(
        verified_by(samples::signing_key()).unwrap().subject(),
        SUBJECT
    );
    let foreign = verified_by(samples::foreign_key());
    assert_eq!(foreign, Err(TokenFault::KeyUnknown));
}

#[test]
fn a_lifetime_is_seven_days_at_most() {
    assert_eq!("604800".parse(), Ok(Lifetime::MAXIMUM));
    assert_eq!("1".parse::<Lifetime>().map(Lifetime::seconds), Ok(1));
    for seconds in ["0", "604801", "-1", "7d", ""] {
        assert_eq!(
            seconds.parse::<Lifetime>(),
            Err(NotALifetime),
            "{seconds:?}"
        );
    }
}

#[test]
fn a_token_is_not_shown() {
    assert_eq!(format!("{:?}", mint()), "Azat(…)");
}
