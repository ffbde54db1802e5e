//! What is known of access tokens, and remembered for a while.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use azat_edge::time::UnixTime;
use sha2::{Digest as _, Sha256};

use crate::access_token::AccessToken;
use crate::subject::Subject;

/// How long an answer is remembered, in seconds.
const MEMORY_SECONDS: u64 = 60;
/// How many are remembered.
const MEMORY: usize = 4_096;

/// What there is to know about an access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenInfo {
    /// Whose it is.
    pub subject: Subject,
    /// When it ends.
    pub expires: UnixTime,
}

/// Answers of the last minute, by the hash of the token: the tokens themselves are not kept.
#[derive(Default)]
pub(super) struct TokenInfoCache(Mutex<HashMap<TokenHash, Remembered>>);

/// The SHA-256 of an access token.
pub(super) type TokenHash = [u8; 32];

struct Remembered {
    info: TokenInfo,
    until: Instant,
}

impl TokenInfoCache {
    /// The answer about a token, if it is still remembered.
    pub(super) fn get(&self, token: &AccessToken) -> Option<TokenInfo> {
        let remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = remembered.get(&hash(token))?;
        (Instant::now() < entry.until).then(|| entry.info.clone())
    }

    /// Remembers an answer; `seconds` is how long the token is good for.
    pub(super) fn put(&self, token: &AccessToken, info: TokenInfo, seconds: u64) {
        let now = Instant::now();
        let until = now + Duration::from_secs(seconds.min(MEMORY_SECONDS));
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= MEMORY {
            remembered.retain(|_, entry| now < entry.until);
        }
        if remembered.len() < MEMORY {
            remembered.insert(hash(token), Remembered { info, until });
        }
    }
}

/// What stands for a token that is not kept.
pub(super) fn hash(token: &AccessToken) -> TokenHash {
    Sha256::digest(token.reveal()).into()
}

#[cfg(test)]
mod tests;
