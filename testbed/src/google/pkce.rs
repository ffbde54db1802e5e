//! Proof Key for Code Exchange: that whoever brings a code is who asked for it.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use sha2::{Digest, Sha256};

use crate::token::Token;

/// The two halves of a Proof Key for Code Exchange (RFC 7636): the challenge goes with the sign-in,
/// the verifier with its code.
pub struct Pkce {
    verifier: Token,
}

impl Pkce {
    /// A new one.
    pub fn generate() -> Self {
        Self {
            verifier: Token::random("", 64),
        }
    }

    /// The `code_verifier`, a secret until it is used.
    pub fn verifier(&self) -> &Token {
        &self.verifier
    }

    /// The `code_challenge` for the method S256.
    pub fn challenge(&self) -> String {
        challenge_of(self.verifier.reveal())
    }
}

/// The S256 challenge of a verifier (RFC 7636, 4.2).
pub(super) fn challenge_of(verifier: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

#[cfg(test)]
mod tests;
