//! A file of the repository, in one version.

mod name;

use azat_edge::file::{
    Catalog, Digest, FileUuid, FileVersion, MediaType, MirrorKey, RepositoryUrl,
};
use serde::{Deserialize, Serialize};

pub use name::{FileName, NotAFileName};

/// One line of `azat files import`, and one row of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The catalog that lists it.
    pub catalog: Catalog,
    /// The file, in all its versions.
    pub uuid: FileUuid,
    /// This version.
    pub version: FileVersion,
    /// The bundle it is delivered in: the directory that a curl manifest saves it to. Without one,
    /// that is the file's own uuid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<FileUuid>,
    /// The source it belongs to; its readers are those entitled to the source.
    pub source: String,
    /// Whether everybody with a valid token may read it.
    pub public: bool,
    /// Where the mirror keeps it; absent when it is not mirrored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mirror_key: Option<MirrorKey>,
    /// Where the underlying repository keeps it; absent when it is only mirrored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository_url: Option<RepositoryUrl>,
    /// Its length in bytes.
    pub size: u64,
    /// The name it is saved under.
    pub name: FileName,
    /// What it holds.
    pub content_type: MediaType,
    /// The digest of its bytes.
    pub digest: Digest,
}

impl File {
    /// Whether it can be downloaded from anywhere.
    pub fn is_available(&self) -> bool {
        self.mirror_key.is_some() || self.repository_url.is_some()
    }

    /// Where a curl manifest saves it, as in `9ea02f60-…/reads.fastq.gz`.
    pub fn output_path(&self) -> String {
        let directory = self.bundle.as_ref().unwrap_or(&self.uuid).as_str();
        format!("{directory}/{}", self.name.relative_path())
    }
}
