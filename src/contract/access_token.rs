//! A user's access token at the identity provider, which opens the underlying repository.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::document::{Document, Subject};
use super::reason;
use crate::time::UnixTime;

/// An access token, on its way from the origin to a repository. It cannot be printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessTokenDocument {
    /// `iss` of the token for whose subject it is.
    pub issuer: String,
    /// `sub` of that token.
    pub subject: String,
    access_token: String,
    /// Until when it is to be used: a request that begins then must still end in time.
    pub use_until: UnixTime,
    /// When it ends.
    pub expires_at: UnixTime,
    /// Counts up with every new token of the user.
    pub version: u64,
}

impl AccessTokenDocument {
    /// The document about that user's token.
    pub fn new(
        of: Subject<'_>,
        access_token: impl Into<String>,
        use_until: UnixTime,
        expires_at: UnixTime,
        version: u64,
    ) -> Self {
        Self {
            issuer: of.issuer.to_owned(),
            subject: of.subject.to_owned(),
            access_token: access_token.into(),
            use_until,
            expires_at,
            version,
        }
    }

    /// The value of `Authorization` that presents it.
    pub fn authorization(&self) -> String {
        format!("Bearer {}", self.access_token)
    }
}

impl fmt::Debug for AccessTokenDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccessTokenDocument(version {}, …)", self.version)
    }
}

impl Document for AccessTokenDocument {
    type About<'a> = Subject<'a>;

    const ABSENT: &'static str = reason::SESSION_MISSING;
    const SENSITIVE: bool = true;
    const PERSONAL: bool = true;

    fn until(&self) -> (UnixTime, UnixTime) {
        (self.use_until, self.expires_at)
    }

    fn is_about(&self, asked: Subject<'_>) -> bool {
        self.issuer == asked.issuer && self.subject == asked.subject
    }
}
