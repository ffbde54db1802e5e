//! Tests of [`super`].

use super::*;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
use jsonwebtoken::{DecodingKey, Validation, decode, decode_header};

const ISSUER: &str = "http://127.0.0.1:1";

fn forger() -> Forger {
    Forger::new(
        ISSUER,
        "https://accounts.google.com#1",
        UsedTokens::default(),
    )
    .unwrap()
}

/// What a careful verifier says, with the published key alone.
fn verified(token: &Token) -> Result<Value, ErrorKind> {
    let jwk: Jwk = serde_json::from_value(forger().published_jwk().clone()).unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[ISSUER]);
    validation.validate_nbf = true;
    decode(
        token.reveal(),
        &DecodingKey::from_jwk(&jwk).unwrap(),
        &validation,
    )
    .map(|data| data.claims)
    .map_err(|error| error.into_kind())
}

#[test]
fn the_valid_token_is_good() {
    let forger = forger();
    let claims = verified(&forger.valid().unwrap()).unwrap();
    assert_eq!(claims["sub"], "https://accounts.google.com#1");
    assert_eq!(
        claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(),
        7 * DAY
    );
}

#[test]
fn the_published_key_names_itself_by_its_thumbprint() {
    let jwk = forger().published_jwk().clone();
    assert_eq!(
        (&jwk["kty"], &jwk["alg"], &jwk["use"]),
        (&json!("RSA"), &json!("RS256"), &json!("sig"))
    );
    let parsed: Jwk = serde_json::from_value(jwk.clone()).unwrap();
    assert_eq!(
        jwk["kid"],
        parsed.thumbprint(ThumbprintHash::SHA256).unwrap()
    );
    assert!(jwk.get("d").is_none());
}

#[test]
fn each_bad_token_is_bad_in_its_own_way() {
    let forger = forger();
    let refusal = |token: Result<Token>| verified(&token.unwrap()).unwrap_err();
    assert_eq!(refusal(forger.expired()), ErrorKind::ExpiredSignature);
    assert_eq!(refusal(forger.forged()), ErrorKind::InvalidSignature);
    assert_eq!(
        refusal(forger.expired_and_forged()),
        ErrorKind::InvalidSignature
    );
    assert_eq!(refusal(forger.other_issuer()), ErrorKind::InvalidIssuer);
    assert_eq!(refusal(forger.unknown_kid()), ErrorKind::InvalidSignature);
    assert_eq!(
        refusal(forger.public_key_as_secret()),
        ErrorKind::InvalidAlgorithm
    );
    assert_eq!(
        refusal(forger.not_yet_valid()),
        ErrorKind::ImmatureSignature
    );
    assert_eq!(
        refusal(forger.without_expiration()),
        ErrorKind::MissingRequiredClaim("exp".to_owned())
    );
    assert_eq!(refusal(forger.tampered()), ErrorKind::InvalidSignature);
}

#[test]
fn the_long_lived_token_is_authentic() {
    let claims = verified(&forger().long_lived().unwrap()).unwrap();
    assert_eq!(
        claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(),
        8 * DAY
    );
}

#[test]
fn kids_are_the_published_one_except_where_it_is_unknown() {
    let forger = forger();
    let kid = |token: &Token| decode_header(token.reveal()).unwrap().kid.unwrap();
    assert_eq!(
        kid(&forger.forged().unwrap()),
        forger.published_jwk()["kid"]
    );
    assert_ne!(
        kid(&forger.unknown_kid().unwrap()),
        forger.published_jwk()["kid"]
    );
}

#[test]
fn algorithm_none_has_no_signature() {
    let token = forger().without_algorithm();
    let parts: Vec<_> = token.reveal().split('.').collect();
    assert_eq!((parts.len(), parts[2]), (3, ""));
    let header: Value =
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(parts[0]).unwrap()).unwrap();
    assert_eq!(header["alg"], "none");
}

#[test]
fn every_token_is_remembered() {
    let used = UsedTokens::default();
    let forger = Forger::new(ISSUER, "s", used.clone()).unwrap();
    let tokens = [forger.expired().unwrap(), forger.without_algorithm()];
    assert_eq!(used.all(), tokens);
}
