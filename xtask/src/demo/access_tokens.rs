//! The access tokens that the download needed, while one AZAT sufficed for all of it.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::Result;
use azat_testbed::{Fault, Stack};

/// How long an access token lives in the demo, in seconds; Google's live an hour.
const LIFETIME_SECONDS: u64 = 4;

/// How long the repository takes for each file, so that the download outlives some tokens.
const DELAY: Duration = Duration::from_millis(60);

/// What the repository saw of the access tokens.
pub(crate) struct AccessTokens {
    files: u64,
    requests: u64,
    tokens: u64,
    refreshes: u64,
}

impl AccessTokens {
    /// Makes access tokens short-lived, and the repository slow.
    pub(crate) fn shorten(stack: &Stack) -> Result<()> {
        stack.google()?.set_access_token_lifetime(LIFETIME_SECONDS);
        stack.repository()?.set_fault(Fault::Delay(DELAY));
        Ok(())
    }

    /// What was used up to now.
    pub(crate) fn used(stack: &Stack) -> Result<Self> {
        let requests = stack.repository()?.requests();
        let tokens: BTreeSet<_> = requests
            .iter()
            .filter_map(|request| request.header("authorization"))
            .collect();
        Ok(Self {
            files: stack.library().repository_only().count() as u64,
            requests: requests.len() as u64,
            tokens: tokens.len() as u64,
            refreshes: stack.google()?.refreshes(&stack.user().subject),
        })
    }

    /// Whether tokens ended in the middle of the download, each was refreshed once, and in time: no
    /// request had to be made again.
    pub(crate) fn differences(&self) -> Vec<String> {
        let mut differences = Vec::new();
        if self.refreshes == 0 {
            differences.push("no access token ended in the middle of the download".to_owned());
        }
        if !(self.refreshes..=self.refreshes + 1).contains(&self.tokens) {
            differences.push(format!(
                "{} refreshes gave {} tokens",
                self.refreshes, self.tokens
            ));
        }
        if self.requests != self.files {
            differences.push(format!(
                "the repository was asked {} times for {} files",
                self.requests, self.files
            ));
        }
        differences
    }

    /// Name and count.
    pub(crate) fn rows(&self) -> [[String; 2]; 3] {
        [
            ["files from the repository", &self.files.to_string()],
            ["access tokens used for them", &self.tokens.to_string()],
            ["refreshes", &self.refreshes.to_string()],
        ]
        .map(|row| row.map(str::to_owned))
    }
}

#[cfg(test)]
mod tests;
