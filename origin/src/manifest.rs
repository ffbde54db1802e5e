//! A manifest: the files that somebody asked for, to be downloaded together.

mod command_line;
mod curl;

use std::collections::BTreeSet;
use std::fmt;

use azat_edge::file::Catalog;
use azat_edge::time::UnixTime;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::subject::Subject;
pub use command_line::{CommandLines, Download};
pub use curl::CurlManifest;

/// How long a manifest can be fetched, in seconds: 7 days.
pub const LIFETIME_SECONDS: u64 = 7 * 86_400;

/// The most versions of files that may come into question for one manifest.
pub const LONGEST: u64 = 2_000_000;

/// What was asked for: a question, not its answer. Each time it is fetched, its files are looked up
/// as they are then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The catalog of all files.
    pub catalog: Catalog,
    /// Their sources; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sources: Option<BTreeSet<String>>,
    /// Whose files they are.
    pub reader: Reader,
    /// Whether the reader alone may fetch it; otherwise everybody who knows its key may.
    pub reader_only: bool,
    /// The store's revision when it was made. A file is listed in the version that was its newest
    /// then: curl goes on with what it finds, and must not join the bytes of two versions.
    pub revision: u64,
    /// Until when it can be fetched.
    pub expires: UnixTime,
}

/// Whose rights decide which files a manifest lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// The operator's: all files.
    Operator,
    /// Nobody's in particular: the public files.
    Anyone,
    /// A user's, as they are when it is fetched.
    User(Subject),
}

/// What a manifest is fetched by: 128 random bits in base64url. Whoever has it may fetch the
/// manifest, so it is never logged or shown by `Debug`.
pub struct ManifestKey(String);

impl ManifestKey {
    /// A new key.
    ///
    /// # Errors
    /// The system has no random bytes to give.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The key, to be given to whoever asked for the manifest.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ManifestKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ManifestKey(…)")
    }
}

#[cfg(test)]
mod tests;
