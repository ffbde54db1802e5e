//! What is wrong with a policy, and where.

/// One thing wrong with a policy: the member it concerns, and what was expected of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{path}: {expected}", self.line.map(|line| format!("line {line}, ")).unwrap_or_default())]
pub struct Fault {
    /// The member, as in `routes.2.answer`; empty when the text as a whole cannot be read.
    pub path: String,
    /// What was expected there.
    pub expected: String,
    /// The line in `policy.toml`, counted from 1, when the policy came from there.
    pub line: Option<usize>,
}

impl Fault {
    /// A fault of the member at `path`.
    pub(crate) fn at(path: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            expected: expected.into(),
            line: None,
        }
    }
}
