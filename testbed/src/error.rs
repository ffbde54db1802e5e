//! What can go wrong here, and the file operations that report it.

use std::path::Path;
use std::process::ExitStatus;

/// What can go wrong while the outside world is set up or asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file, directory, socket or program could not be used.
    #[error("could not {action}: {source}")]
    Io {
        /// What was tried, as in "read /tmp/x".
        action: String,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A program ran and failed.
    #[error("{program} failed ({status}): {stderr}")]
    Failed {
        /// The program and its subcommand; never its arguments, which may hold a token.
        program: String,
        /// Its exit status.
        status: ExitStatus,
        /// What it said, trimmed.
        stderr: String,
    },
    /// A process ended or did not become ready in time.
    #[error("{program} {problem} while waiting until {condition}; the end of its log:\n{log_tail}")]
    NotReady {
        /// The process's name.
        program: String,
        /// "ended" or "took too long".
        problem: String,
        /// What was waited for.
        condition: String,
        /// The last lines of its standard output and error.
        log_tail: String,
    },
    /// Something that must have been built or installed is not there.
    #[error("{what} is missing ({looked_at}): {remedy}")]
    Missing {
        /// What is missing.
        what: String,
        /// Where it was looked for.
        looked_at: String,
        /// What to run.
        remedy: String,
    },
    /// A text did not have the form that it should have.
    #[error("{what} could not be read: {problem}")]
    Malformed {
        /// What was read.
        what: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A key could not be made, or a token not signed with it.
    #[error("a key failed: {0}")]
    Key(String),
    /// Something was asked of a stack that only one with sessions has.
    #[error("the stack has no sessions; start it with Builder::with_sessions")]
    WithoutSessions,
    /// A stack was asked for more AZATs than were minted for it.
    #[error("all AZATs of the stack are given out")]
    NoneLeft,
}

/// A [`std::result::Result`] with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// For `map_err`: an input or output error during `action`.
    pub(crate) fn io(action: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let action = action.into();
        move |source| Self::Io { action, source }
    }

    /// For `map_err`: `what` does not have its form.
    pub(crate) fn malformed<E: ToString>(what: impl Into<String>) -> impl FnOnce(E) -> Self {
        let what = what.into();
        move |problem| Self::Malformed {
            what,
            problem: problem.to_string(),
        }
    }
}

/// Reads a text file.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(Error::io(format!("read {}", path.display())))
}

/// Writes a file whole.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    std::fs::write(path, content).map_err(Error::io(format!("write {}", path.display())))
}

/// Makes a directory and those above it.
pub(crate) fn create_directory(path: &Path) -> Result<()> {
    std::fs::create_dir_all(path)
        .map_err(Error::io(format!("make the directory {}", path.display())))
}
