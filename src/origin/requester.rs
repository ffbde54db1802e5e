//! On whose behalf the origin is asked.

use azat_policy::Policy;

use super::refusal::ENTITLEMENT;
use crate::contract::Subject;
use crate::credential::{BearerToken, Identity, User, acceptance};
use crate::denial::Denial;
use crate::platform::CacheKey;

/// The user who makes a request.
pub struct Requester<'c> {
    /// The policy in force.
    pub policy: &'c Policy,
    /// The token, which the origin verifies again.
    pub token: BearerToken<'c>,
    /// The user whom it proves.
    pub user: &'c User,
}

impl<'c> Requester<'c> {
    /// The user of that identity.
    ///
    /// # Errors
    /// [`acceptance::MISSING`] where only a service is proved.
    pub fn of(identity: &'c Identity<'_>, policy: &'c Policy) -> Result<Self, Denial> {
        match (identity.token, identity.principal.user()) {
            (Some(token), Some(user)) => Ok(Self {
                policy,
                token,
                user,
            }),
            _ => Err(Denial::from(&acceptance::MISSING).at(&ENTITLEMENT)),
        }
    }

    /// The subject of documents about the user.
    pub(super) fn subject(&self) -> Subject<'_> {
        Subject {
            issuer: self.user.issuer(),
            subject: self.user.subject(),
        }
    }

    /// The key of what concerns this token alone.
    pub(super) fn key_of_token(&self, kind: &'static str, detail: &str) -> CacheKey {
        CacheKey::of(kind, &["token", self.token.token(), detail])
    }
}
