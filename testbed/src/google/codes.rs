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
mod tests {
    use super::*;

    const VERIFIER: &str = "a-verifier";
    const URI: &str = "http://localhost/callback";

    fn issued(codes: &mut Codes, now: Instant) -> Token {
        let grant = Grant::to_client("client", "105".to_owned(), "openid".to_owned());
        let pending = Pending {
            grant,
            redirect_uri: URI.to_owned(),
            code_challenge: challenge_of(VERIFIER),
        };
        codes.issue(pending, now)
    }

    #[test]
    fn a_code_lives_sixty_seconds() {
        let (mut codes, now) = (Codes::default(), Instant::now());
        let code = issued(&mut codes, now);
        let last = now + LIFETIME - Duration::from_millis(1);
        assert!(codes.redeem(code.reveal(), URI, VERIFIER, last).is_ok());
        let code = issued(&mut codes, now);
        assert!(
            codes
                .redeem(code.reveal(), URI, VERIFIER, now + LIFETIME)
                .is_err()
        );
    }

    #[test]
    fn a_code_is_used_up_by_a_wrong_attempt() {
        let (mut codes, now) = (Codes::default(), Instant::now());
        for (uri, verifier) in [("http://localhost/other", VERIFIER), (URI, "another")] {
            let code = issued(&mut codes, now);
            assert!(codes.redeem(code.reveal(), uri, verifier, now).is_err());
            assert!(codes.redeem(code.reveal(), URI, VERIFIER, now).is_err());
        }
    }
}
