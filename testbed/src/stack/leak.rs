//! The search for secrets in the logs of a run.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::token::Token;

/// Shorter parts are too likely to stand in a log by chance.
const SHORTEST: usize = 8;

/// A log that holds a secret. It does not say which.
#[derive(Debug, thiserror::Error)]
#[error("{} holds a token or a secret", log.display())]
pub struct Leak {
    /// The log file.
    pub log: PathBuf,
}

/// Looks through every file in the directory `logs` for each of `tokens`, for their payloads and
/// signatures alone, and for each of `secrets`. Yields the first leak found.
pub(crate) fn find_leak(logs: &Path, tokens: &[Token], secrets: &[&str]) -> Result<Option<Leak>> {
    let needles = needles(tokens, secrets);
    for entry in std::fs::read_dir(logs).map_err(Error::io("list the logs"))? {
        let log = entry.map_err(Error::io("list the logs"))?.path();
        let bytes = std::fs::read(&log).map_err(Error::io(format!("read {}", log.display())))?;
        let text = String::from_utf8_lossy(&bytes);
        if needles.iter().any(|needle| text.contains(needle)) {
            return Ok(Some(Leak { log }));
        }
    }
    Ok(None)
}

/// The header is left out: it has no secret, and is the same for all tokens of a key.
fn needles<'a>(tokens: &'a [Token], secrets: &[&'a str]) -> Vec<&'a str> {
    let parts = tokens
        .iter()
        .flat_map(|token| token.reveal().split('.').skip(1));
    let whole = tokens.iter().map(Token::reveal);
    whole
        .chain(parts)
        .chain(secrets.iter().copied())
        .filter(|needle| needle.len() >= SHORTEST)
        .collect()
}

#[cfg(test)]
mod tests;
