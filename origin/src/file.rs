//! A file of the repository, in one version.

mod name;
mod output_path;

use azat_edge::file::{
    Catalog, Digest, FileUuid, FileVersion, MediaType, MirrorKey, RepositoryUrl,
};
use serde::{Deserialize, Serialize};

pub use name::{FileName, NotAFileName};
pub use output_path::{FoldedPath, OutputPath};

/// One line of `azat files import`.
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

/// One row of the store: a file, and where it is saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlacedFile {
    /// The file.
    pub file: File,
    /// The path that every manifest saves it to, chosen when it was imported. It differs from what
    /// the name leads to when another file was there first.
    pub path: OutputPath,
}

impl File {
    /// The path that its own name leads to.
    pub fn own_path(&self) -> OutputPath {
        OutputPath::new(self.bundle.as_ref().unwrap_or(&self.uuid), &self.name)
    }

    /// Whether it can be downloaded from anywhere.
    pub fn is_available(&self) -> bool {
        self.mirror_key.is_some() || self.repository_url.is_some()
    }
}

impl PlacedFile {
    /// Whether it is saved under another path than its name leads to.
    pub fn is_renamed(&self) -> bool {
        self.path != self.file.own_path()
    }
}
