//! What goes wrong with the provider.

/// Why the provider did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProviderFault {
    /// What it was given is not good, and never will be again.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// It gave no answer, or none that helps; another time it may.
    #[error("the identity provider: {0}")]
    Unavailable(&'static str),
}
