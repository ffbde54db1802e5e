//! Who makes a request, as far as it has been proved.

use crate::repository::CacheKey;

/// A user whose credential has been verified. Only [`crate::credential`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The profile of the token that proved it.
    pub profile: String,
    /// The token's `iss`.
    pub issuer: String,
    /// The token's `sub`: the key of the user's row at the origin.
    pub subject: String,
}

impl Principal {
    /// What stands for this user in caches and logs, where the subject itself must not appear.
    pub fn cache_key(&self) -> CacheKey {
        CacheKey::of("entitlement", &[&self.profile, &self.issuer, &self.subject])
    }
}
