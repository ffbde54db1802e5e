//! Where sample files are put: on the mirror, or in the repository alone.

use std::io;
use std::path::Path;

use tempfile::NamedTempFile;
use uuid::Uuid;

/// Where the content of sample files goes.
#[derive(Clone, Copy)]
pub(crate) enum Shelf<'a> {
    /// Below the mirror's directory, under the mirror key.
    Mirror(&'a Path),
    /// Below the repository's directory, under the UUID.
    Repository(RepositoryShelf<'a>),
}

/// What holds the files that are not mirrored.
#[derive(Clone, Copy, Debug)]
pub struct RepositoryShelf<'a> {
    /// The repository's directory.
    pub directory: &'a Path,
    /// Its base URL, without a trailing slash.
    pub url: &'a str,
}

/// Where a file is, as its record says.
pub(crate) struct Location {
    pub(crate) mirror_key: String,
    pub(crate) repository_url: Option<String>,
}

impl<'a> Shelf<'a> {
    /// An empty file on the same file system.
    pub(crate) fn new_file(self) -> io::Result<NamedTempFile> {
        NamedTempFile::new_in(self.directory())
    }

    /// Names a file when its content is known, by its UUID and the SHA-256 in hex.
    pub(crate) fn keep(self, file: NamedTempFile, uuid: Uuid, hex: &str) -> io::Result<Location> {
        let (path, location) = match self {
            Self::Mirror(_) => {
                let mirror_key = format!("file/{hex}.sha256");
                let location = Location {
                    mirror_key: mirror_key.clone(),
                    repository_url: None,
                };
                (mirror_key, location)
            }
            Self::Repository(RepositoryShelf { url, .. }) => {
                let path = format!("files/{uuid}");
                let location = Location {
                    mirror_key: String::new(),
                    repository_url: Some(format!("{url}/{path}")),
                };
                (path, location)
            }
        };
        let path = self.directory().join(path);
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        file.persist(path)?;
        Ok(location)
    }

    fn directory(self) -> &'a Path {
        match self {
            Self::Mirror(directory) => directory,
            Self::Repository(shelf) => shelf.directory,
        }
    }
}
