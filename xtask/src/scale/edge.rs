//! What the edge asks, signed as the edge does.

use std::time::Duration;

use anyhow::{Context, Result};
use azat_edge::contract::endpoint;
use azat_edge::contract::signature::{EdgeSecret, SignedParts, sign};
use azat_edge::time::UnixTime;

use crate::kept::Kept;

/// The edge, with the token of one user.
pub(super) struct Edge {
    secret: EdgeSecret,
    authorization: String,
}

impl Edge {
    /// With that secret, for the bearer of that AZAT.
    pub(super) fn new(secret: &[u8], azat: &str) -> Result<Self> {
        Ok(Self {
            secret: EdgeSecret::new(secret)?,
            authorization: format!("Bearer {azat}"),
        })
    }

    /// Asks for a file's record, as in `catalog/uuid?version=…`: how long the answer took.
    pub(super) fn record(&self, kept: &mut Kept, file: &str) -> Result<Duration> {
        let target = format!("{}{file}", endpoint::FILES_PREFIX);
        self.ask(kept, "GET", &target).context("a record")
    }

    /// Asks what the user may read: how long the answer took.
    pub(super) fn entitlement(&self, kept: &mut Kept) -> Result<Duration> {
        self.ask(kept, "POST", endpoint::ENTITLEMENTS)
            .context("an entitlement")
    }

    fn ask(&self, kept: &mut Kept, method: &str, target: &str) -> Result<Duration> {
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        let parts = SignedParts {
            method,
            path,
            query,
            authorization: &self.authorization,
        };
        let signed = sign(&self.secret, parts, UnixTime::now());
        let fields = format!(
            "Authorization: {}\r\nSignature-Input: {}\r\nSignature: {}\r\nContent-Length: 0",
            self.authorization, signed.signature_input, signed.signature
        );
        kept.ask(&format!("{method} {target}"), &fields, 200)
    }
}
