//! Authorization codes: each is good once, for a minute, with the right verifier.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::grant::Grant;
use super::pkce::challenge_of;
use super::refusal::{BAD_CODE, BAD_REDIRECT_URI, BAD_VERIFIER, Refusal};
use crate::token::Token;

const LIFETIME: Duration = Duration::from_secs(60);

/// The authorization codes that were not presented yet.
#[derive(Default)]
pub(super) struct Codes(HashMap<String, Code>);

/// What a code stands for, and what must come with it.
pub(super) struct Pending {
    pub(super) grant: Grant,
    pub(super) redirect_uri: String,
    pub(super) code_challenge: String,
}

struct Code {
    pending: Pending,
    expires: Instant,
}

impl Codes {
    /// A code, good for 60 seconds from `now`.
    pub(super) fn issue(&mut self, pending: Pending, now: Instant) -> Token {
        let code = Token::random("4/0A", 60);
        let expires = now + LIFETIME;
        self.0
            .insert(code.reveal().to_owned(), Code { pending, expires });
        code
    }

    /// What the code stands for. It is used up, even when the rest is wrong.
    pub(super) fn redeem(
        &mut self,
        code: &str,
        redirect_uri: &str,
        code_verifier: &str,
        now: Instant,
    ) -> Result<Grant, Refusal> {
        let code = self.0.remove(code).filter(|code| now < code.expires);
        let Some(Code { pending, .. }) = code else {
            return Err(Refusal::invalid_grant(BAD_CODE));
        };
        if redirect_uri != pending.redirect_uri {
            return Err(Refusal::invalid_grant(BAD_REDIRECT_URI));
        }
        if challenge_of(code_verifier) != pending.code_challenge {
            return Err(Refusal::invalid_grant(BAD_VERIFIER));
        }
        Ok(pending.grant)
    }
}

#[cfg(test)]
mod tests;
