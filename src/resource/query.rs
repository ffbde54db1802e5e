//! The query of a request for a file. What it says is taken as it is meant, or not at all: a
//! parameter that nobody knows may be a known one, misspelt, and its request for another file.

use std::borrow::Cow;
use std::collections::BTreeSet;

use url::Url;

/// The parameters that Azul knows or once knew.
const KNOWN: [&str; 9] = [
    "catalog",
    "version",
    "fileName",
    "replica",
    "wait",
    "requestIndex",
    "drsUri",
    "drsPath",
    "token",
];

/// How many unknown parameters are named.
const NAMED: usize = 8;

/// Why a query cannot be taken as it is meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum QueryFault {
    /// It has parameters that nobody knows, as told.
    Unknown(String),
    /// It has a parameter several times.
    Repeated,
}

/// Parameters, each of which is known and stands there once.
pub(super) struct Query<'u>(Vec<(Cow<'u, str>, Cow<'u, str>)>);

impl<'u> Query<'u> {
    /// Reads the query of a URL.
    ///
    /// # Errors
    /// [`QueryFault`].
    pub(super) fn of(url: &'u Url) -> Result<Self, QueryFault> {
        let mut unknown = BTreeSet::new();
        let mut known = Self(Vec::new());
        let mut is_repeated = false;
        for (name, value) in url.query_pairs() {
            if !KNOWN.contains(&name.as_ref()) {
                unknown.insert(name.into_owned());
            } else {
                is_repeated |= known.get(&name).is_some();
                known.0.push((name, value));
            }
        }
        match (unknown.is_empty(), is_repeated) {
            (false, _) => Err(QueryFault::Unknown(told(&unknown))),
            (true, true) => Err(QueryFault::Repeated),
            (true, false) => Ok(known),
        }
    }

    /// The value of a parameter, decoded.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut parameters = self.0.iter();
        let (_, value) = parameters.find(|(own, _)| own == name)?;
        Some(value)
    }
}

/// Says which parameters are unknown, in Azul's words.
fn told(unknown: &BTreeSet<String>) -> String {
    let named: Vec<String> = (unknown.iter())
        .filter(|name| may_be_repeated(name))
        .take(NAMED)
        .map(|name| format!("`{name}`"))
        .collect();
    let mut told = match unknown.len() {
        1 => "Unknown query parameter".to_owned(),
        _ => "Unknown query parameters".to_owned(),
    };
    if !named.is_empty() {
        told = format!("{told} {}", named.join(", "));
    }
    if named.len() < unknown.len() {
        told += " (not all of them can be repeated here)";
    }
    told
}

/// Whether an answer may repeat the name of a parameter. A secret that somebody put in the wrong
/// place is longer, or has dots.
fn may_be_repeated(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b';');
    (1..=24).contains(&name.len()) && name.bytes().all(is_plain)
}

#[cfg(test)]
mod tests;
