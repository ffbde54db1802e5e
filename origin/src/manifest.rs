//! A manifest: the files that somebody asked for, to be downloaded together.

mod command_line;
mod curl;

use std::collections::HashMap;
use std::fmt;

use azat_edge::file::{Catalog, FileUuid, FileVersion};
use azat_edge::time::UnixTime;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::file::File;
use crate::subject::Subject;
pub use command_line::{CommandLines, Download};
pub use curl::CurlManifest;

/// How long a manifest can be fetched, in seconds: 7 days.
pub const LIFETIME_SECONDS: u64 = 7 * 86_400;

/// A list of files of one catalog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The catalog of all of them.
    pub catalog: Catalog,
    /// The files, in the order in which they are downloaded.
    pub files: Vec<ManifestFile>,
    /// Until when it can be fetched.
    pub expires: UnixTime,
    /// The only one who may fetch it; absent when everybody who knows its key may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reader: Option<Subject>,
}

/// One file of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestFile {
    /// The file.
    pub uuid: FileUuid,
    /// Its version when the manifest was made.
    pub version: FileVersion,
}

/// What a manifest is fetched by: 128 random bits in base64url. Whoever has it may fetch the
/// manifest, so it is never logged or shown by `Debug`.
pub struct ManifestKey(String);

/// Why files make no manifest.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAManifest {
    /// There is nothing to download.
    #[error("there are no such files in catalog {0}")]
    Empty(String),
    /// curl would append the second to the first, because it resumes what it finds.
    #[error("{path} would be the output of two files, {first} and {second}")]
    SameOutput {
        /// The output of both.
        path: String,
        /// The uuid of one.
        first: String,
        /// The uuid of the other.
        second: String,
    },
}

impl Manifest {
    /// The manifest of `files`, all of `catalog`, for everybody who knows its key.
    ///
    /// # Errors
    /// [`NotAManifest`].
    pub fn of(catalog: Catalog, files: &[File], expires: UnixTime) -> Result<Self, NotAManifest> {
        if files.is_empty() {
            return Err(NotAManifest::Empty(catalog.as_str().to_owned()));
        }
        let mut outputs = HashMap::new();
        for file in files {
            let path = file.output_path();
            if let Some(first) = outputs.insert(path.clone(), &file.uuid) {
                return Err(NotAManifest::SameOutput {
                    path,
                    first: first.as_str().to_owned(),
                    second: file.uuid.as_str().to_owned(),
                });
            }
        }
        let files = files.iter().map(|file| ManifestFile {
            uuid: file.uuid.clone(),
            version: file.version.clone(),
        });
        Ok(Self {
            catalog,
            files: files.collect(),
            expires,
            reader: None,
        })
    }
}

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
