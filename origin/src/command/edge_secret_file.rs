//! Reads a secret that edge and origin share from a file.

use std::path::{Path, PathBuf};
use std::{fs, io};

use azat_edge::contract::signature::{EdgeSecret, SecretTooShort};

/// Why a file holds no secret.
#[derive(Debug, thiserror::Error)]
pub(super) enum EdgeSecretFault {
    /// The file cannot be read.
    #[error("cannot read the secret in {}: {fault}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        fault: io::Error,
    },
    /// The file is too short to be a secret.
    #[error("{}: {fault} of secret", .path.display())]
    TooShort {
        /// The file.
        path: PathBuf,
        /// What was expected.
        fault: SecretTooShort,
    },
}

/// Reads the secret.
///
/// # Errors
/// [`EdgeSecretFault`].
pub(super) fn read(path: &Path) -> Result<EdgeSecret, EdgeSecretFault> {
    let bytes = fs::read(path).map_err(|fault| EdgeSecretFault::Unreadable {
        path: path.to_owned(),
        fault,
    })?;
    EdgeSecret::new(&bytes).map_err(|fault| EdgeSecretFault::TooShort {
        path: path.to_owned(),
        fault,
    })
}

#[cfg(test)]
mod tests;
