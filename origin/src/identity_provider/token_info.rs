//! Google's tokeninfo endpoint: whose access token is this, and which client's?

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use azat_edge::jose::{Compact, TokenFault};
use azat_edge::time::UnixTime;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::http::{self, NOT_UNDERSTOOD};
use super::{IdentityProvider, ProviderFault};
use crate::access_token::AccessToken;
use crate::subject::Subject;

/// How long an answer is remembered, in seconds.
const MEMORY_SECONDS: u64 = 60;
/// How many are.
const MEMORY: usize = 4_096;

/// What there is to know about an access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenInfo {
    /// Whose it is.
    pub subject: Subject,
    /// When it ends.
    pub expires: UnixTime,
}

/// Google's answer: all strings, and no `iss`.
#[derive(Deserialize)]
struct TokenInfoResponse {
    aud: String,
    #[serde(default)]
    azp: Option<String>,
    sub: String,
    expires_in: String,
}

/// Answers of the last minute, by the hash of the token: the tokens themselves are not kept.
#[derive(Default)]
pub(super) struct TokenInfoCache(Mutex<HashMap<[u8; 32], Remembered>>);

struct Remembered {
    info: TokenInfo,
    until: Instant,
}

impl IdentityProvider {
    /// Asks about an access token. What is wrong with it is not told apart.
    ///
    /// # Errors
    /// [`ProviderFault`]; refused is a token that has ended, or that another client was given,
    /// and a JWT: it is somebody else's.
    pub async fn token_info(&self, token: &AccessToken) -> Result<TokenInfo, ProviderFault> {
        // The provider is asked in a URL: no place for another instance's AZAT or an ID token.
        if !matches!(
            Compact::parse(token.reveal()),
            Err(TokenFault::Malformed(_))
        ) {
            return Err(ProviderFault::Refused("a JWT"));
        }
        if let Some(info) = self.token_infos.get(token) {
            return Ok(info);
        }
        let now = UnixTime::now();
        let request = self.http.get(&self.settings.tokeninfo_endpoint);
        let answer = http::ask(request.query(&[("access_token", token.reveal())])).await?;
        match answer.status {
            StatusCode::OK => {}
            StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED => {
                return Err(ProviderFault::Refused("not a live access token"));
            }
            _ => return Err(NOT_UNDERSTOOD),
        }
        let response: TokenInfoResponse = answer.json()?;
        let ours = |client: &str| client == self.settings.client_id;
        if !(ours(&response.aud) && response.azp.as_deref().is_none_or(ours)) {
            return Err(ProviderFault::Refused("another client's access token"));
        }
        let seconds: u64 = response.expires_in.parse().map_err(|_| NOT_UNDERSTOOD)?;
        let info = TokenInfo {
            subject: self.subject(&response.sub)?,
            expires: now.plus(seconds),
        };
        self.token_infos.put(token, info.clone(), seconds);
        Ok(info)
    }
}

impl TokenInfoCache {
    fn get(&self, token: &AccessToken) -> Option<TokenInfo> {
        let remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = remembered.get(&key(token))?;
        (Instant::now() < entry.until).then(|| entry.info.clone())
    }

    fn put(&self, token: &AccessToken, info: TokenInfo, seconds: u64) {
        let now = Instant::now();
        let until = now + Duration::from_secs(seconds.min(MEMORY_SECONDS));
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= MEMORY {
            remembered.retain(|_, entry| now < entry.until);
        }
        if remembered.len() < MEMORY {
            remembered.insert(key(token), Remembered { info, until });
        }
    }
}

fn key(token: &AccessToken) -> [u8; 32] {
    Sha256::digest(token.reveal()).into()
}

#[cfg(test)]
mod tests {
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
}
