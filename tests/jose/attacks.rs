//! Every known attack on JWT verifiers, one line each.
//!
//! A line has a name, a way to make the token, and the fault that has to be found; the order of the
//! faults says what an attacker can reach. Attacks by HTTP (several `Authorization` fields, tokens
//! in the query, paths spelled otherwise) are shown with a real client, in
//! `tests/edge/credentials.rs` and `tests/edge/delivery.rs`.

mod claims;
mod header;
mod keys;
mod parsing;
mod signature;

use std::sync::LazyLock;

use azat_edge::jose::TokenFault;
use azat_edge::time::UnixTime;
use azat_policy::{Algorithm, Profile};
use serde_json::{Value, json};

use crate::signer::{KeyMaterial, Signer, base64url};

const NOW: u64 = 1_800_000_000;

/// The header of a good token.
const HEADER: &str = r#"{"alg":"RS256","kid":"k1"}"#;

/// The claims of a good token.
const CLAIMS: &str =
    r#"{"iss":"https://azul.example","sub":"google#1","iat":1800000000,"exp":1800003600}"#;

static SIGNER: LazyLock<Signer> = LazyLock::new(|| Signer::new(Algorithm::RS256, 1));
static ATTACKER: LazyLock<Signer> = LazyLock::new(|| Signer::new(Algorithm::RS256, 2));
static KEYS: LazyLock<KeyMaterial> = LazyLock::new(|| SIGNER.material());

/// One attack: its name, its token, and the fault, or `""` where an honest token has to be
/// believed.
type Attack = (&'static str, fn() -> String, &'static str);

/// The profile of the tokens here.
fn profile() -> Profile {
    Profile {
        issuer: Some("https://azul.example".into()),
        maximum_lifetime_seconds: Some(7 * 86_400),
        leeway_seconds: 60,
        ..Profile::of(Algorithm::RS256)
    }
}

/// Makes every attack under a profile, and reports all those that do not come out as expected.
fn run(attacks: &[Attack], keys: &KeyMaterial, profile: &Profile) {
    let complaints: Vec<String> = (attacks.iter())
        .map(|(name, token, expected)| (name, outcome(&token(), keys, profile), expected))
        .filter(|(_, outcome, expected)| outcome != *expected)
        .map(|(name, outcome, expected)| format!("{name}: {outcome:?}, expected {expected:?}"))
        .collect();
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// The name of the fault; empty for a token that is believed.
fn outcome(token: &str, keys: &KeyMaterial, profile: &Profile) -> String {
    match keys.verify(token, profile, UnixTime::from_seconds(NOW)) {
        Ok(_) => String::new(),
        Err(fault) => fault_name(&fault),
    }
}

fn fault_name(fault: &TokenFault) -> String {
    let told = format!("{fault:?}");
    told.split(['(', ' ']).next().unwrap_or_default().to_owned()
}

/// A token with this header, signed by the right key.
fn with_header(header: impl AsRef<[u8]>) -> String {
    SIGNER.token(header, CLAIMS)
}

/// A token with these claims, signed by the right key.
fn with_claims(claims: impl AsRef<[u8]>) -> String {
    SIGNER.token(HEADER, claims)
}

/// A token whose good claims have these changes; `null` takes a claim away.
fn with_changes(changes: Value) -> String {
    let mut claims: Value = serde_json::from_str(CLAIMS).unwrap();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => claims.as_object_mut().unwrap().remove(name),
            _ => claims
                .as_object_mut()
                .unwrap()
                .insert(name.clone(), value.clone()),
        };
    }
    with_claims(claims.to_string())
}

/// A token whose good claims have this text as one more member.
fn with_member(member: &str) -> String {
    with_claims(format!("{},{member}}}", CLAIMS.trim_end_matches('}')))
}

/// A token whose good claims have this text as the value of `exp`.
fn with_exp(exp: &str) -> String {
    with_claims(CLAIMS.replace("1800003600", exp))
}

/// What is signed in a good token.
fn signing_input() -> String {
    format!("{}.{}", base64url(HEADER), base64url(CLAIMS))
}

/// A good token but for its signature.
fn with_signature(signature: impl AsRef<[u8]>) -> String {
    format!("{}.{}", signing_input(), base64url(signature))
}

/// The honest token from which the attacks depart is believed.
#[test]
fn the_good_token_is_good() {
    run(
        &[("good", || SIGNER.token(HEADER, CLAIMS), "")],
        &KEYS,
        &profile(),
    );
    let set = json!({"keys": [SIGNER.jwk("k1")]});
    assert!(set["keys"][0].get("n").is_some());
}
