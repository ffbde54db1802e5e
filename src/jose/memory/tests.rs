//! Tests of [`super`].

use azat_policy::{Profile, WithoutKid};
use serde_json::json;

use super::{CAPACITY, Memory, is_same};
use crate::jose::{Compact, KeySet, Keys, TokenFault};
use crate::testing::{claims, jwk, other_jwk, profile, sign, token};

/// Authenticates a token against keys; yields how many tokens are remembered then.
fn seen(memory: &mut Memory, token: &str, keys: &KeySet) -> Result<usize, TokenFault> {
    authenticate(memory, token, &profile(), keys)
}

fn authenticate(
    memory: &mut Memory,
    token: &str,
    profile: &Profile,
    keys: &KeySet,
) -> Result<usize, TokenFault> {
    memory.authenticate(Compact::parse(token)?, profile, Keys::Published(keys))?;
    Ok(memory.seen.len())
}

fn set(keys: serde_json::Value) -> KeySet {
    KeySet::from_json(&json!({ "keys": keys })).unwrap()
}

#[test]
fn a_token_is_remembered_once() {
    let (mut memory, keys) = (Memory::default(), set(json!([jwk("k1")])));
    assert_eq!(seen(&mut memory, &token(), &keys), Ok(1));
    assert_eq!(seen(&mut memory, &token(), &keys), Ok(1));
}

#[test]
fn a_forged_token_is_neither_believed_nor_remembered() {
    let (mut memory, keys) = (Memory::default(), set(json!([jwk("k1")])));
    let token = token();
    seen(&mut memory, &token, &keys).unwrap();
    let (input, signature) = token.rsplit_once('.').unwrap();
    let payload = claims().to_string().replace("google#1", "google#2");
    let other = sign(r#"{"alg":"RS256","kid":"k1"}"#, &payload);
    let (other_input, other_signature) = other.rsplit_once('.').unwrap();
    let forged = [
        format!("{input}.{other_signature}"),
        format!("{other_input}.{signature}"),
        format!("{input}."),
    ];
    for token in forged {
        for _ in 0..2 {
            let outcome = seen(&mut memory, &token, &keys);
            assert_eq!(outcome, Err(TokenFault::SignatureInvalid));
        }
    }
    assert_eq!(memory.seen.len(), 1);
}

#[test]
fn a_key_that_is_withdrawn_takes_its_tokens_along() {
    let mut memory = Memory::default();
    seen(&mut memory, &token(), &set(json!([jwk("k1")]))).unwrap();
    let outcome = seen(&mut memory, &token(), &set(json!([jwk("k2")])));
    assert_eq!(outcome, Err(TokenFault::KeyUnknown));
    // Another key under the same name.
    let outcome = seen(&mut memory, &token(), &set(json!([other_jwk("k1")])));
    assert_eq!(outcome, Err(TokenFault::SignatureInvalid));
    // The same key under another name: the token does not ask for that one.
    let renamed = set(json!([other_jwk("k1"), jwk("k2")]));
    let outcome = seen(&mut memory, &token(), &renamed);
    assert_eq!(outcome, Err(TokenFault::SignatureInvalid));
}

#[test]
fn a_token_without_kid_is_remembered_under_the_key_that_signed_it() {
    let mut memory = Memory::default();
    let profile = Profile {
        without_kid: WithoutKid::ThreeKeys,
        ..profile()
    };
    let token = sign(r#"{"alg":"RS256"}"#, &claims().to_string());
    let mut seen = |keys| authenticate(&mut memory, &token, &profile, &set(keys));
    assert_eq!(seen(json!([other_jwk("k0"), jwk("k1")])), Ok(1));
    assert_eq!(seen(json!([jwk("k1"), other_jwk("k0")])), Ok(1));
    let outcome = seen(json!([other_jwk("k0")]));
    assert_eq!(outcome, Err(TokenFault::SignatureInvalid));
}

#[test]
fn the_header_is_held_to_the_profile_every_time() {
    let (mut memory, keys) = (Memory::default(), set(json!([jwk("k1")])));
    seen(&mut memory, &token(), &keys).unwrap();
    let typed = Profile {
        typ: Some("at+jwt".into()),
        ..profile()
    };
    let outcome = authenticate(&mut memory, &token(), &typed, &keys);
    assert_eq!(outcome, Err(TokenFault::TypeRefused));
}

#[test]
fn a_full_memory_begins_anew() {
    let (mut memory, keys) = (Memory::default(), set(json!([jwk("k1")])));
    let numbered = |number: usize| {
        let mut claims = claims();
        claims["jti"] = json!(number.to_string());
        sign(r#"{"alg":"RS256","kid":"k1"}"#, &claims.to_string())
    };
    for number in 1..=CAPACITY {
        assert_eq!(seen(&mut memory, &numbered(number), &keys), Ok(number));
    }
    assert_eq!(seen(&mut memory, &numbered(1), &keys), Ok(CAPACITY));
    assert_eq!(seen(&mut memory, &numbered(0), &keys), Ok(1));
    assert_eq!(seen(&mut memory, &numbered(1), &keys), Ok(2));
}

#[test]
fn texts_that_differ_in_one_place_are_not_the_same() {
    let text = "abcdefghijklmnopqrstuvwxyz";
    for length in 0..text.len() {
        let text = &text[..length];
        let copy = text.to_owned();
        assert!(is_same(text, &copy));
        assert!(!is_same(text, &format!("{text}a")));
        for place in 0..length {
            let mut other = text.to_owned();
            other.replace_range(place..=place, "A");
            assert!(!is_same(text, &other), "{text} {other}");
        }
    }
}
