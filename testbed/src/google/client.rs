//! The one client that is registered.

use super::refusal::Refusal;
use crate::token::Token;

/// The one client (RFC 6749, 2), which keeps a secret.
pub(super) struct Client {
    id: String,
    secret: Token,
}

impl Client {
    /// A client with a new secret.
    pub(super) fn register() -> Self {
        Self {
            // Google's have the number of the project in front.
            id: "407408718192-testbed.apps.googleusercontent.com".to_owned(),
            secret: Token::random("GOCSPX-", 28),
        }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn secret(&self) -> &Token {
        &self.secret
    }

    /// 401 `invalid_client` for another client and for a wrong secret.
    pub(super) fn authenticate(&self, id: &str, secret: &str) -> Result<(), Refusal> {
        if id != self.id {
            return Err(Refusal::invalid_client("The OAuth client was not found."));
        }
        if secret != self.secret.reveal() {
            return Err(Refusal::invalid_client("Unauthorized"));
        }
        Ok(())
    }
}
