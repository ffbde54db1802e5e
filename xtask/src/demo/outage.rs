//! An outage of the origin: what goes on without it, and what goes on by itself once it is back.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use azat_testbed::{ProcessGroup, SampleFile, Stack, Token};

use crate::{patience, running};

/// Longer than a patient curl takes.
const PATIENCE: Duration = Duration::from_secs(180);

/// What was answered in an outage, and after it.
pub(crate) struct Outage {
    /// To who asked for a file whose record is cached.
    cached: u16,
    /// To who asked for one whose record is not.
    not_cached: u16,
    /// How many seconds these were told to wait.
    retry_after: Option<u64>,
    /// To the same curl, when it asked again.
    went_on: u16,
    /// Whether those who got the file got all of it.
    whole: bool,
}

impl Outage {
    /// Stops the origin, asks the edge, and starts the origin again while a curl waits.
    pub(crate) fn provoke(stack: &mut Stack, token: &Token) -> Result<Self> {
        let file = stack.library().ordinary();
        let file = file.context("the library has no ordinary file")?.clone();
        stack.stop_origin();
        let cached = stack.get(&file.path(), Some(token))?;

        let directory = stack.directory().join("outage");
        fs::create_dir(&directory).context("could not make a directory for curl")?;
        let headers = directory.join("headers");
        // Nobody has asked for the newest version so far, whichever that is.
        let newest = format!("{}{}", stack.edge_url(), newest_of(&file));
        let mut curl = patient_curl(&newest, token, &directory)?;
        let told = patience::until(|| answers(&headers), |answers| !answers.is_empty())?;
        stack.start_origin()?;
        running::wait("a patient curl", &mut curl, PATIENCE)?;
        let told_at_last = answers(&headers)?;

        let first = told.first();
        let content = fs::read(directory.join("content")).unwrap_or_default();
        Ok(Self {
            cached: cached.status,
            not_cached: first.map_or(0, |answer| answer.status),
            retry_after: first.and_then(|answer| answer.retry_after),
            went_on: told_at_last.last().map_or(0, |answer| answer.status),
            whole: cached.body.len() as u64 == file.size && content == cached.body,
        })
    }

    /// Whether each got what it should.
    pub(crate) fn differences(&self) -> Vec<String> {
        let mut differences = Vec::new();
        if self.cached != 200 {
            let status = self.cached;
            differences.push(format!("a cached file got {status} without the origin"));
        }
        if (self.not_cached, self.retry_after.is_some()) != (503, true) {
            let (status, after) = (self.not_cached, self.retry_after);
            differences.push(format!(
                "a file that is not cached got {status} without the origin, Retry-After {after:?}"
            ));
        }
        if self.went_on != 200 {
            let status = self.went_on;
            differences.push(format!("curl got {status} once the origin was back"));
        }
        if !self.whole {
            differences
                .push("a file that was asked for in an outage did not come whole".to_owned());
        }
        differences
    }

    /// What was asked for, and the answer.
    pub(crate) fn rows(&self) -> [[String; 2]; 3] {
        let refused = match self.retry_after {
            Some(seconds) => format!("{}, Retry-After: {seconds}", self.not_cached),
            None => self.not_cached.to_string(),
        };
        [
            [
                "a cached file, without the origin",
                &self.cached.to_string(),
            ],
            ["one that is not cached", &refused],
            [
                "the same curl, with the origin back",
                &self.went_on.to_string(),
            ],
        ]
        .map(|row| row.map(str::to_owned))
    }
}

/// An answer, as far as it matters here.
struct Answer {
    status: u16,
    retry_after: Option<u64>,
}

/// Path and query of a file without its version.
fn newest_of(file: &SampleFile) -> String {
    format!("/repository/files/{}?catalog={}", file.uuid, file.catalog)
}

/// Starts a curl as patient as the one of a user's command line. It leaves `headers` and `content`
/// in `directory`.
fn patient_curl(url: &str, token: &Token, directory: &Path) -> Result<ProcessGroup> {
    let mut curl = Command::new("curl");
    curl.args(["--disable", "--silent", "--noproxy", "*", "--fail"])
        .args(["--retry", "15", "--retry-delay", "10"])
        .args(["--dump-header", "headers", "--output", "content"])
        .args(["--header", &token.header(), url])
        .current_dir(directory);
    ProcessGroup::spawn(&mut curl).context("could not run curl")
}

/// The answers so far, from a dump of their headers.
fn answers(headers: &Path) -> Result<Vec<Answer>> {
    match headers.exists() {
        true => Ok(read(&fs::read_to_string(headers)?)),
        false => Ok(Vec::new()),
    }
}

/// The answers in a dump; one that is still being written does not count.
fn read(headers: &str) -> Vec<Answer> {
    let complete = headers
        .rsplit_once("\r\n\r\n")
        .map_or("", |(complete, _)| complete);
    let blocks = complete.split("\r\n\r\n").filter(|block| !block.is_empty());
    let answer = |block: &str| {
        let field = |line: &str| {
            let (name, value) = line.split_once(": ")?;
            let is_it = name.eq_ignore_ascii_case("retry-after");
            is_it.then(|| value.parse().ok())?
        };
        Answer {
            status: block
                .get(9..12)
                .and_then(|status| status.parse().ok())
                .unwrap_or(0),
            retry_after: block.lines().find_map(field),
        }
    };
    blocks.map(answer).collect()
}

#[cfg(test)]
mod tests;
