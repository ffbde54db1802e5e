//! Who makes a request, as far as it has been proved.

use crate::platform::CacheKey;
use crate::time::UnixTime;

/// A user whose credential has been verified. Only [`crate::credential`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The profile of the token that proved it.
    pub profile: String,
    /// The token's `iss`.
    pub issuer: String,
    /// The token's `sub`: the key of the user's row at the origin.
    pub subject: String,
    /// The token's `iat`.
    pub issued_at: UnixTime,
    /// The token's `jti`, where it is a counter.
    pub counter: Option<u64>,
}

impl Principal {
    /// What stands for this user in caches and logs, where the subject itself must not appear.
    pub fn cache_key(&self) -> CacheKey {
        self.key_of("entitlement", &[])
    }

    /// The key of a document of that kind about this user.
    pub fn key_of(&self, kind: &'static str, details: &[&str]) -> CacheKey {
        let user = [self.profile.as_str(), &self.issuer, &self.subject];
        CacheKey::of(kind, &[&user, details].concat())
    }
}
