//! What is wrong with a policy, and where.

/// One thing wrong with a policy: the member it concerns, and what was expected of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{expected}", self.place())]
pub struct Fault {
    /// The member, as in `routes.2.answer`; empty when the text as a whole cannot be read.
    pub path: String,
    /// What was expected there.
    pub expected: String,
    /// The line in `policy.toml`, counted from 1, when the policy came from there.
    pub line: Option<usize>,
}

impl Fault {
    /// As in `line 11, mirror.redirect_base: `, with what is known of it.
    fn place(&self) -> String {
        let line = self.line.map(|line| format!("line {line}"));
        let path = (!self.path.is_empty()).then(|| self.path.clone());
        let known: Vec<String> = line.into_iter().chain(path).collect();
        match known.as_slice() {
            [] => String::new(),
            known => format!("{}: ", known.join(", ")),
        }
    }

    /// A fault of the member at `path`.
    pub(crate) fn at(path: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            expected: expected.into(),
            line: None,
        }
    }
}
