//! The temporary directory of a run, and what is where in it.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::error::create_directory;
use crate::error::{Error, Result};

/// The temporary directory of one run: everything that the run writes is in it, and goes with it.
pub(crate) struct RunDirectory(TempDir);

impl RunDirectory {
    /// Makes it, with its subdirectories.
    pub(crate) fn create() -> Result<Self> {
        let directory = tempfile::Builder::new()
            .prefix("azat-edge-")
            // It holds private keys and the secret between edge and origin.
            .permissions(Permissions::from_mode(0o700))
            .tempdir()
            .map_err(Error::io("make a temporary directory"))?;
        let run = Self(directory);
        for part in [run.logs(), run.mirror(), run.scratch()] {
            create_directory(&part)?;
        }
        Ok(run)
    }

    /// The directory itself.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// What the processes wrote; searched for secrets at the end.
    pub(crate) fn logs(&self) -> PathBuf {
        self.file("logs")
    }

    /// The mirror's files.
    pub(crate) fn mirror(&self) -> PathBuf {
        self.file("mirror")
    }

    /// The repository's files, in a stack with sessions.
    pub(crate) fn repository(&self) -> PathBuf {
        self.file("repository")
    }

    /// The edge's manifest.
    pub(crate) fn edge_manifest(&self) -> PathBuf {
        self.file("fastly.toml")
    }

    /// Short-lived files.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.file("scratch")
    }

    /// A file or directory in it.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Leaves the directory where it is when the run ends, for a look at its logs.
    pub(crate) fn keep(&mut self) {
        self.0.disable_cleanup(true);
    }
}
