//! Who makes a request, as far as it has been proved. Only verification makes a principal: nothing
//! outside this room can.

use crate::jose::Verified;
use crate::platform::CacheKey;
use crate::time::UnixTime;

/// Whose request it is: a service's, a user's, or a user's by way of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    service: Option<Service>,
    user: Option<User>,
}

/// A service that calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    name: String,
}

/// A user whose token has been verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    profile: String,
    token: Verified,
}

impl Principal {
    /// Nobody yet.
    pub(super) fn unknown() -> Self {
        Self {
            service: None,
            user: None,
        }
    }

    /// The same principal, who calls by way of that service.
    pub(super) fn with_service(self, service: Service) -> Self {
        Self {
            service: Some(service),
            ..self
        }
    }

    /// The same principal, who calls for that user.
    pub(super) fn with_user(self, user: User) -> Self {
        Self {
            user: Some(user),
            ..self
        }
    }

    /// The service, where one is proved.
    pub fn service(&self) -> Option<&Service> {
        self.service.as_ref()
    }

    /// The user, where one is proved.
    pub fn user(&self) -> Option<&User> {
        self.user.as_ref()
    }
}

impl Service {
    /// The service of that name, once its credential has been verified.
    #[cfg_attr(
        not(test),
        expect(
            dead_code,
            reason = "so far only the system for tests proves a service"
        )
    )]
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
        }
    }

    /// Its name, as in the policy.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl User {
    /// The user whom a token of that profile proves.
    pub(super) fn new(profile: &str, token: Verified) -> Self {
        Self {
            profile: profile.to_owned(),
            token,
        }
    }

    /// The profile of the token.
    pub fn profile(&self) -> &str {
        &self.profile
    }

    /// The token's `iss`; empty where the profile has none.
    pub fn issuer(&self) -> &str {
        self.token.issuer()
    }

    /// The token's `sub`: the key of the user's row at the origin.
    pub fn subject(&self) -> &str {
        self.token.subject()
    }

    /// The token's `iat`; the epoch where the token does not say.
    pub fn issued_at(&self) -> UnixTime {
        self.token.issued_at()
    }

    /// The token's `jti`, where it is a counter.
    pub fn counter(&self) -> Option<u64> {
        self.token.counter()
    }

    /// What stands for this user in caches and logs, where the subject itself must not appear.
    pub fn cache_key(&self) -> CacheKey {
        self.key_of("entitlement", &[])
    }

    /// The key of a document of that kind about this user.
    pub fn key_of(&self, kind: &'static str, details: &[&str]) -> CacheKey {
        let user = [self.profile(), self.issuer(), self.subject()];
        CacheKey::of(kind, &[&user, details].concat())
    }
}
