//! What a measuring program gets to work with.

use std::collections::BTreeMap;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What all programs measure with: the same keys and tokens for all.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Input {
    /// For how long each operation is measured, in milliseconds.
    pub milliseconds: u64,
    /// The `iss` of all tokens that have one.
    pub issuer: String,
    /// When the tokens were made, in seconds since 1970.
    pub now: u64,
    /// By name: `RS256-2048`, `RS256-3072`, `RS256-4096`, `ES256`.
    pub signed: BTreeMap<String, Signed>,
}

/// A token, and what verifies it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Signed {
    /// In compact form, good.
    pub token: String,
    /// The public key (RFC 7517).
    pub jwk: Value,
    /// The public key again, as PEM (SubjectPublicKeyInfo).
    pub pem: String,
}

impl Input {
    /// Reads the program's only argument.
    ///
    /// # Panics
    /// When there is none: these programs are started by `cargo xtask bench`.
    pub fn from_argument() -> Self {
        let argument = std::env::args().nth(1).expect("the input as an argument");
        serde_json::from_str(&argument).expect("the input in JSON")
    }
}

impl Signed {
    /// What is signed, and the signature.
    ///
    /// # Panics
    /// When the token is not one.
    pub fn split(&self) -> (&str, Vec<u8>) {
        let (message, signature) = self.token.rsplit_once('.').expect("a token");
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).expect("base64url");
        (message, signature)
    }
}
