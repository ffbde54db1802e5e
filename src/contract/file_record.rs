//! The file record: where a file is, and to which source it belongs.

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::reason;
use crate::file::{
    Catalog, Digest, FileId, FileUuid, FileVersion, MediaType, MirrorKey, RepositoryUrl,
};
use crate::time::UnixTime;

/// What the origin says of a file. One of the two documents on which a decision rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// The catalog that lists it.
    pub catalog: Catalog,
    /// The file, in all its versions.
    pub uuid: FileUuid,
    /// The version that this record is about.
    pub version: FileVersion,
    /// The source it belongs to; its readers are those entitled to the source.
    pub source: String,
    /// Whether everybody with a valid token may read it.
    pub public: bool,
    /// Where the mirror keeps it; absent when it is not mirrored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mirror_key: Option<MirrorKey>,
    /// Where the underlying repository has it, for those whose access token it accepts; absent when
    /// it is on the mirror alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository_url: Option<RepositoryUrl>,
    /// Its length in bytes.
    pub size: u64,
    /// The name it is saved under.
    pub name: String,
    /// What it holds.
    pub content_type: MediaType,
    /// The digest of its bytes.
    pub digest: Digest,
    /// Grows with every change.
    pub revision: u64,
    /// Until when it may be used without asking again.
    pub fresh_until: UnixTime,
    /// Until when it may be used while the origin cannot be reached.
    pub stale_until: UnixTime,
}

/// A record as long as records are, of a file that is nobody's.
const STAND_IN: &str = r#"{
    "catalog": "none",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "version": "1970-01-01T00:00:00.000000Z",
    "source": "00000000-0000-0000-0000-000000000000",
    "public": false,
    "mirror_key": "file/0000000000000000000000000000000000000000000000000000000000000000.sha256",
    "size": 1000000,
    "name": "there_is_no_such_file.tsv.gz",
    "content_type": "application/octet-stream",
    "digest": {
        "algorithm": "sha-256",
        "hex": "0000000000000000000000000000000000000000000000000000000000000000"
    },
    "revision": 1000,
    "fresh_until": 1000000000,
    "stale_until": 1000000000
}"#;

impl Document for FileRecord {
    type About<'a> = &'a FileId;

    const ABSENT: &'static str = reason::FILE_UNKNOWN;

    fn until(&self) -> (UnixTime, UnixTime) {
        (self.fresh_until, self.stale_until)
    }

    fn stand_in() -> Option<Self> {
        serde_json::from_slice(STAND_IN.as_bytes()).ok()
    }

    /// Whoever names no version asks for the newest, whichever that is.
    fn is_about(&self, asked: &FileId) -> bool {
        let version = asked.version.as_ref();
        self.catalog == asked.catalog
            && self.uuid == asked.uuid
            && version.is_none_or(|version| *version == self.version)
    }
}

#[cfg(test)]
mod tests;
