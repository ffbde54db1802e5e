//! Tests of [`super`].

use azat_edge::time::UnixTime;

use super::{MEMORY, TokenInfo, TokenInfoCache};
use crate::access_token::AccessToken;

fn token(number: usize) -> AccessToken {
    format!("ya29.{number}").try_into().unwrap()
}

fn info() -> TokenInfo {
    TokenInfo {
        subject: "https://accounts.google.com#1".parse().unwrap(),
        expires: UnixTime::from_seconds(1),
    }
}

#[test]
fn an_answer_is_remembered_no_longer_than_its_token_lives() {
    let cache = TokenInfoCache::default();
    cache.put(&token(0), info(), 0);
    assert_eq!(cache.get(&token(0)), None);
    cache.put(&token(1), info(), 3_600);
    assert_eq!(cache.get(&token(1)), Some(info()));
    assert_eq!(cache.get(&token(2)), None);
}

#[test]
fn a_memory_that_is_full_forgets_what_has_ended() {
    let cache = TokenInfoCache::default();
    for number in 0..MEMORY {
        cache.put(&token(number), info(), if number < 2 { 0 } else { 3_600 });
    }
    for number in MEMORY..MEMORY + 3 {
        cache.put(&token(number), info(), 3_600);
    }
    assert!(cache.get(&token(MEMORY + 1)).is_some());
    assert_eq!(cache.get(&token(MEMORY + 2)), None);
    assert_eq!(cache.0.lock().unwrap().len(), MEMORY);
}
