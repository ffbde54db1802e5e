//! How the store is.

/// Whether the store does what it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// It reads and writes.
    Good,
    /// The last write failed: it reads, and another write will be tried.
    Failing,
    /// It failed and could not be opened again: only a new process can help.
    Lost,
}
