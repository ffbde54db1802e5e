//! Answers: what the client gets.

/// The body of an answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Body<B> {
    /// None.
    Empty,
    /// Made at the edge.
    Text(String),
    /// An upstream's, handed over without a look.
    Upstream(B),
}
