//! The user on whose behalf everything is asked.

use serde_json::json;

/// A user of the origin, as the identity provider knows them.
#[derive(Clone, Debug)]
pub struct User {
    /// The identity provider, as in the claim `iss` of its tokens.
    pub issuer: String,
    /// The provider's name for the user, as in the claim `sub` of its tokens.
    pub subject: String,
}

impl User {
    /// The user of the demo and the tests.
    pub fn demo() -> Self {
        Self {
            issuer: "https://accounts.google.com".to_owned(),
            subject: "105096702580025601450".to_owned(),
        }
    }

    /// The `sub` of this user's AZATs: `<issuer>#<subject>`.
    pub fn azat_subject(&self) -> String {
        format!("{}#{}", self.issuer, self.subject)
    }

    /// The line that `azat users import` reads.
    pub(crate) fn row(&self, sources: &[String]) -> String {
        json!({"issuer": self.issuer, "subject": self.subject, "sources": sources}).to_string()
    }
}
