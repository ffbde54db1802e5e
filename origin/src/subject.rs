//! The subject of an AZAT: the user it speaks for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// As in `https://accounts.google.com#105096702580025601450`: the identity provider and its name
/// for the user, neither empty. It is the `sub` of an AZAT and the key of the user's row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Subject(String);

/// Why a text is not a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected ISSUER#SUBJECT, as in https://accounts.google.com#1050")]
pub struct NotASubject;

impl Subject {
    /// The subject that `issuer` knows as `name`.
    ///
    /// # Errors
    /// Either part is empty, or the issuer has a `#`: two users could share a row.
    pub fn new(issuer: &str, name: &str) -> Result<Self, NotASubject> {
        if issuer.is_empty() || issuer.contains('#') || name.is_empty() {
            return Err(NotASubject);
        }
        Ok(Self(format!("{issuer}#{name}")))
    }

    /// The subject as `sub` has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identity provider, and its name for the user.
    pub fn parts(&self) -> (&str, &str) {
        self.0.split_once('#').unwrap_or_default()
    }
}

impl TryFrom<String> for Subject {
    type Error = NotASubject;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.0
    }
}

impl FromStr for Subject {
    type Err = NotASubject;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (issuer, name) = text.split_once('#').ok_or(NotASubject)?;
        Self::new(issuer, name)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
