//! URLs that are a right by themselves, as object storages sign them.

use axum::http::Uri;
use base16ct::HexDisplay;
use sha2::{Digest, Sha256};
use url::form_urlencoded;

use crate::token::{Token, UsedTokens};

const SIGNATURE: &str = "X-Goog-Signature";

/// Makes and knows URLs that are a right by themselves. They look like Google's, but are signed in
/// the simplest way that nobody can guess. Clones share.
#[derive(Clone)]
pub(super) struct SignedUrls {
    secret: Token,
    used: UsedTokens,
}

impl SignedUrls {
    /// With a new secret. Signatures are put among the `used` tokens.
    pub(super) fn new(used: UsedTokens) -> Self {
        Self {
            secret: Token::random("", 32),
            used,
        }
    }

    /// `path` with the query that opens it.
    pub(super) fn sign(&self, path: &str) -> String {
        let signature = self.used.remember(self.signature(path));
        let signature = signature.reveal();
        format!(
            "{path}?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Expires=900&{SIGNATURE}={signature}"
        )
    }

    /// Whether the query opens the path.
    pub(super) fn is_signed(&self, uri: &Uri) -> bool {
        let expected = self.signature(uri.path());
        form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
            .any(|(name, value)| name == SIGNATURE && value == expected.reveal())
    }

    fn signature(&self, path: &str) -> Token {
        let secret = self.secret.reveal();
        Token::new(format!(
            "{:x}",
            HexDisplay(&Sha256::digest(format!("{secret}{path}")))
        ))
    }
}
