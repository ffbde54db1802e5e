//! Tokens, kept out of sight, and the list of all that a run has used.

use std::fmt;
use std::iter::repeat_with;
use std::sync::{Arc, Mutex};

use crate::lock::whole;

/// A token in compact form. Its `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Any text that is used as a token.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A new one: `prefix`, and `length` letters and digits. Nobody can guess it, but it guards
    /// nothing real either.
    pub(crate) fn random(prefix: &str, length: usize) -> Self {
        let random = repeat_with(fastrand::alphanumeric).take(length);
        Self(prefix.chars().chain(random).collect())
    }

    /// The token itself, for the request that presents it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The field line `Authorization: Bearer …`, as curl's `--header` wants it.
    pub fn header(&self) -> String {
        format!("Authorization: Bearer {}", self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(redacted)")
    }
}

/// Every token that a run has used, so that its logs can be searched for them. Clones share.
#[derive(Clone, Default)]
pub(crate) struct UsedTokens(Arc<Mutex<Vec<Token>>>);

impl UsedTokens {
    /// Remembers `token` and gives it back.
    pub(crate) fn remember(&self, token: Token) -> Token {
        whole(&self.0).push(token.clone());
        token
    }

    /// All tokens so far.
    pub(crate) fn all(&self) -> Vec<Token> {
        whole(&self.0).clone()
    }
}

#[cfg(test)]
mod tests;
