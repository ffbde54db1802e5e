//! A user: who, and what they may read.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::subject::{NotASubject, Subject};

/// One line of `azat users import`, and one row of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// The identity provider, as in `https://accounts.google.com`.
    pub issuer: String,
    /// The provider's name for the user.
    pub subject: String,
    /// The sources whose files the user may read.
    pub sources: BTreeSet<String>,
}

impl User {
    /// A user who may read nothing yet but what is public.
    pub fn without_sources(subject: &Subject) -> Self {
        let (issuer, name) = subject.parts();
        Self {
            issuer: issuer.to_owned(),
            subject: name.to_owned(),
            sources: BTreeSet::new(),
        }
    }

    /// The subject of the user's AZATs.
    ///
    /// # Errors
    /// [`NotASubject`].
    pub fn subject(&self) -> Result<Subject, NotASubject> {
        Subject::new(&self.issuer, &self.subject)
    }
}
