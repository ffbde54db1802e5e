//! Access and refresh tokens: which are good, and until when.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use super::grant::Grant;
use super::refusal::{BAD_REFRESH_TOKEN, Refusal};
use crate::token::{Token, UsedTokens};

/// The access and refresh tokens that were issued, and the rules for new ones.
pub(super) struct Tokens {
    lifetime: Duration,
    rotation: bool,
    access: HashMap<String, Access>,
    refresh: HashMap<String, Grant>,
    refreshes: HashMap<String, u64>,
    issued: Vec<Token>,
    used: UsedTokens,
}

/// What is known of an access token.
#[derive(Clone)]
pub(super) struct Access {
    pub(super) grant: Grant,
    pub(super) expires: SystemTime,
}

/// What a client is given.
pub(super) struct Issued {
    pub(super) grant: Grant,
    pub(super) access_token: Token,
    pub(super) refresh_token: Option<Token>,
    pub(super) lifetime: Duration,
}

impl Tokens {
    /// None yet. New ones are put among the `used` ones.
    pub(super) fn new(used: UsedTokens) -> Self {
        Self {
            lifetime: Duration::from_secs(60 * 60),
            rotation: false,
            access: HashMap::new(),
            refresh: HashMap::new(),
            refreshes: HashMap::new(),
            issued: Vec::new(),
            used,
        }
    }

    pub(super) fn set_lifetime(&mut self, lifetime: Duration) {
        self.lifetime = lifetime;
    }

    pub(super) fn set_rotation(&mut self, rotation: bool) {
        self.rotation = rotation;
    }

    pub(super) fn revoke_refresh_tokens(&mut self, sub: &str) {
        self.refresh.retain(|_, grant| grant.sub != sub);
    }

    pub(super) fn expire_access_tokens(&mut self, sub: &str) {
        self.access.retain(|_, access| access.grant.sub != sub);
    }

    pub(super) fn refreshes(&self, sub: &str) -> u64 {
        self.refreshes.get(sub).copied().unwrap_or_default()
    }

    pub(super) fn issued(&self) -> &[Token] {
        &self.issued
    }

    /// The refresh tokens of the user `sub` that are good, in no order.
    pub(super) fn refresh_tokens(&self, sub: &str) -> Vec<Token> {
        let own = self.refresh.iter().filter(|(_, grant)| grant.sub == sub);
        own.map(|(token, _)| Token::new(token)).collect()
    }

    /// What is known of an access token that lives at `now`.
    pub(super) fn live(&self, access_token: &str, now: SystemTime) -> Option<&Access> {
        self.access
            .get(access_token)
            .filter(|access| now < access.expires)
    }

    /// An access token and a refresh token, for a code.
    pub(super) fn issue(&mut self, grant: Grant, now: SystemTime) -> Issued {
        let access_token = self.issue_access_token(grant.clone(), now);
        let refresh_token = Some(self.issue_refresh_token(grant.clone()));
        Issued {
            grant,
            access_token,
            refresh_token,
            lifetime: self.lifetime,
        }
    }

    /// An access token for a refresh token, which with rotation is replaced.
    pub(super) fn refresh(
        &mut self,
        refresh_token: &str,
        now: SystemTime,
    ) -> Result<Issued, Refusal> {
        let Some(grant) = self.refresh.get(refresh_token).cloned() else {
            return Err(Refusal::invalid_grant(BAD_REFRESH_TOKEN));
        };
        *self.refreshes.entry(grant.sub.clone()).or_default() += 1;
        let access_token = self.issue_access_token(grant.clone(), now);
        let rotated = self.rotation.then(|| {
            self.refresh.remove(refresh_token);
            self.issue_refresh_token(grant.clone())
        });
        Ok(Issued {
            grant,
            access_token,
            refresh_token: rotated,
            lifetime: self.lifetime,
        })
    }

    /// An access token alone.
    pub(super) fn issue_access_token(&mut self, grant: Grant, now: SystemTime) -> Token {
        let token = self.new_token("ya29.a0");
        let expires = now + self.lifetime;
        self.access
            .insert(token.reveal().to_owned(), Access { grant, expires });
        token
    }

    /// A refresh token alone.
    pub(super) fn issue_refresh_token(&mut self, grant: Grant) -> Token {
        let token = self.new_token("1//0");
        self.refresh.insert(token.reveal().to_owned(), grant);
        token
    }

    fn new_token(&mut self, prefix: &str) -> Token {
        let token = Token::random(prefix, 100);
        self.issued.push(token.clone());
        self.used.remember(token)
    }
}
