//! Tests of [`super`].

use azat_policy::{Algorithm, Policy, Profile};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::json;
use sha2::Sha256;

use super::Jwt;
use super::refusal::{KEYS_MISSING, PROFILE, SECRET_BROKEN};
use crate::credential::system::{Found, Means, Proof, System as _, Verdict};
use crate::denial::Denial;
use crate::jose::{KeySet, KeySets, Memory, TokenFault};
use crate::testing::{NOW, World, base64url, claims, get, jwk, other_jwk, policy, sign, token};

/// The tests' policy, with more profiles.
fn more_profiles() -> Policy {
    let mut policy = policy();
    let issuer = |issuer: &str| Some(issuer.to_owned());
    let build = Profile {
        issuer: issuer("https://azul.example"),
        secret: Some("build_tokens".into()),
        ..Profile::of(Algorithm::HS256)
    };
    let partner = Profile {
        issuer: issuer("https://partner.example"),
        ..Profile::of(Algorithm::RS256)
    };
    let others = [
        ("build", build),
        ("partner", partner),
        ("apat", Profile::of(Algorithm::ES256)),
    ];
    let named = others.map(|(name, profile)| (name.to_owned(), profile));
    policy.profiles.extend(named);
    policy
}

/// What becomes of a token where these profiles are accepted: what logs call it; its profile and
/// subject, when it is good.
fn verdict(
    token: &str,
    names: &[&str],
    world: &mut World,
) -> (String, Result<(String, String), Denial>) {
    let policy = more_profiles();
    let set = |key| KeySet::from_json(&json!({"keys": [key]})).unwrap();
    let keys = KeySets::from([
        ("azat".into(), set(jwk("k1"))),
        ("apat".into(), set(jwk("k1"))),
        ("partner".into(), set(other_jwk("k1"))),
    ]);
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let jwt = Jwt::among(&names, &policy);
    let request = get("/", Some(token));
    let Ok(Found::Offer(offer)) = jwt.find(&request) else {
        panic!("expected a token");
    };
    let mut means = Means {
        now: NOW,
        keys: &keys,
        memory: &mut Memory::default(),
        stores: world,
    };
    let Verdict { kind, outcome } = jwt.verify(offer, &mut means);
    let outcome = outcome.map(|proof| match proof {
        Proof::User(user, token) => {
            assert!(request.headers["authorization"] == token.authorization());
            (user.profile().to_owned(), user.subject().to_owned())
        }
        Proof::Service(_) => panic!("expected a user"),
    });
    (kind.into_owned(), outcome)
}

fn outcome(token: &str, name: &str, world: &mut World) -> Result<(String, String), Denial> {
    verdict(token, &[name], world).1
}

/// A token that is signed with a shared key.
fn shared(key: &[u8]) -> String {
    let (header, payload) = (r#"{"alg":"HS256"}"#, claims().to_string());
    let input = format!("{}.{}", base64url(header), base64url(&payload));
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(input.as_bytes());
    format!("{input}.{}", base64url(mac.finalize().into_bytes()))
}

#[test]
fn a_token_is_verified_under_the_named_profile() {
    let world = &mut World::new();
    let good = |name: &str| Ok((name.to_owned(), "google#1".to_owned()));
    assert_eq!(outcome(&token(), "azat", world), good("azat"));
    let key = [1, 2, 3].repeat(11);
    assert_eq!(outcome(&shared(&key), "build", world), good("build"));
    let forged = Err(Denial::from(TokenFault::SignatureInvalid));
    assert_eq!(outcome(&shared(&[7; 33]), "build", world), forged);
    let confused = Err(Denial::from(TokenFault::AlgorithmRefused));
    assert_eq!(outcome(&token(), "build", world), confused);
    assert_eq!(outcome(&shared(&key), "azat", world), confused);
}

#[test]
fn without_a_key_no_token_is_reported_as_bad() {
    let world = &mut World::new();
    let missing = Err(Denial::from(&KEYS_MISSING));
    assert_eq!(outcome(&token(), "apat", world), missing);
    let entry = "build_tokens".to_owned();
    world.secrets.insert(entry.clone(), "AQID".into());
    let cause = "secret build_tokens: expected at least 32 bytes";
    let broken = Err(Denial::from(&SECRET_BROKEN).because(cause));
    assert_eq!(outcome(&token(), "build", world), broken);
    world.secrets.remove(&entry);
    assert_eq!(outcome(&token(), "build", world), missing);
}

#[test]
fn a_token_shows_of_which_profile_it_is() {
    let world = &mut World::new();
    let shared = shared(&[1, 2, 3].repeat(11));
    let mut kind = |token: &str, names: &[&str]| verdict(token, names, world);
    let good = |name: &str| {
        (
            name.to_owned(),
            Ok((name.to_owned(), "google#1".to_owned())),
        )
    };
    // By its algorithm.
    assert_eq!(kind(&token(), &["azat", "build", "apat"]), good("azat"));
    assert_eq!(kind(&shared, &["azat", "build", "apat"]), good("build"));
    // Or else by its issuer, which is then verified like the rest.
    assert_eq!(kind(&token(), &["partner", "azat"]), good("azat"));
    let mut claims = claims();
    claims["iss"] = json!("https://partner.example");
    let forged = sign(r#"{"alg":"RS256","kid":"k1"}"#, &claims.to_string());
    let invalid = Err(Denial::from(TokenFault::SignatureInvalid));
    assert_eq!(
        kind(&forged, &["azat", "partner"]),
        ("partner".into(), invalid)
    );
}

#[test]
fn a_token_of_none_of_several_profiles_is_of_no_kind() {
    let world = &mut World::new();
    let mut fault = |token: &str, names: &[&str]| {
        let (kind, outcome) = verdict(token, names, world);
        (kind, outcome.unwrap_err())
    };
    let jwt = |fault: TokenFault| ("jwt".to_owned(), Denial::from(fault).at(&PROFILE));
    let algorithm = jwt(TokenFault::AlgorithmRefused);
    assert_eq!(fault(&token(), &["build", "apat"]), algorithm);
    let mut claims = claims();
    for issuer in [json!("https://other.example"), json!(1)] {
        claims["iss"] = issuer;
        let other = sign(r#"{"alg":"RS256","kid":"k1"}"#, &claims.to_string());
        let issuer = jwt(TokenFault::IssuerRefused);
        assert_eq!(fault(&other, &["azat", "partner"]), issuer);
    }
    let (kind, denial) = fault("garbage", &["azat", "build"]);
    assert_eq!((kind.as_str(), denial.code()), ("jwt", "token_malformed"));
}

#[test]
fn the_step_that_chooses_a_profile_is_there_where_there_is_a_choice() {
    let policy = more_profiles();
    let steps = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        Jwt::among(&names, &policy).steps().to_vec()
    };
    let (alone, several) = (steps(&["azat"]), steps(&["azat", "build"]));
    assert!(!alone.contains(&&PROFILE));
    let without: Vec<_> = several
        .iter()
        .filter(|step| **step != &PROFILE)
        .copied()
        .collect();
    assert_eq!(without, alone);
    // Before any step that a profile is needed for.
    assert_eq!(several.iter().position(|step| *step == &PROFILE), Some(1));
}
