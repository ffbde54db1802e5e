//! What a check has to say.

use std::fmt;

/// One breach of a rule: where it is, what is wrong, and what to do about it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    file: String,
    line: usize,
    told: String,
}

impl Finding {
    /// At `line` of `file`, counted from one.
    pub(crate) fn new(file: &str, line: usize, told: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            told: told.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.told)
    }
}

/// Fails with all findings at once: a contributor mends them in one go.
#[track_caller]
pub(crate) fn assert_none(mut findings: Vec<Finding>) {
    findings.sort();
    let told: Vec<_> = findings.iter().map(Finding::to_string).collect();
    assert!(
        told.is_empty(),
        "{} to mend:\n{}",
        told.len(),
        told.join("\n")
    );
}
