//! Whole tokens: bytes in, claims out.

use azat_edge::jose::{Compact, KeySet, Keys, Memory};
use azat_edge::time::UnixTime;
use azat_policy::{Algorithm, JtiRule, Profile, WithoutKid};
use bench_harness::{Input, Stopwatch};
use serde_json::json;

const DAY: u32 = 24 * 60 * 60;

/// Measures verification with a key that is ready, of tokens new and seen before.
pub(crate) fn measure(stopwatch: &Stopwatch, input: &Input) {
    let azat = Profile {
        issuer: Some(input.issuer.clone()),
        maximum_lifetime_seconds: Some(7 * DAY),
        ..Profile::of(Algorithm::RS256)
    };
    let apat = Profile {
        subject_prefix: Some("#".to_owned()),
        jti: Some(JtiRule::Counter),
        without_kid: WithoutKid::ThreeKeys,
        maximum_lifetime_seconds: Some(30 * DAY),
        ..Profile::of(Algorithm::ES256)
    };
    for (name, profile) in [("RS256-2048", azat), ("ES256", apat)] {
        let signed = &input.signed[name];
        let (token, now) = (signed.token.as_str(), UnixTime::from_seconds(input.now));
        let keys = KeySet::from_json(&json!({"keys": [signed.jwk]})).expect("a key");
        let keys = Keys::Published(&keys);
        stopwatch.measure(&format!("token {name}"), || {
            Compact::parse(token)?
                .authenticate(&profile, keys)?
                .verify(&profile, now)
        });
        let mut memory = Memory::default();
        stopwatch.measure(&format!("authenticity {name}, seen before"), || {
            memory.authenticate(Compact::parse(token)?, &profile, keys)
        });
        stopwatch.measure(&format!("token {name}, seen before"), || {
            memory
                .authenticate(Compact::parse(token)?, &profile, keys)?
                .verify(&profile, now)
        });
    }
}
