//! Manifests, as curl gets them.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::collection::CATALOG;
use super::serving::Serving;
use super::stranger;
use crate::running;

/// How long a manifest may take.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// What curl says of itself, on the standard error.
const WRITE_OUT: &str = "%{stderr}%{time_starttransfer} %{time_total} %{size_download}\\n";

/// A curl and what it is given, without what may be on the way. Clients are elsewhere: here they
/// must not take the processors from the service that is measured.
const CURL: &str = "nice -n 19 curl --disable --silent --show-error --fail --noproxy '*'";

/// Counts the files of a manifest without keeping it: such a line begins each.
const COUNT: &str = "LC_ALL=C nice -n 19 grep --count '^url='";

/// Whoever has not signed in; each request is another stranger's.
pub(super) struct Client<'s> {
    base_url: &'s str,
}

/// A manifest that can be fetched.
pub(super) struct Asked {
    pub(super) location: String,
    /// How long it took to ask for it.
    pub(super) time: Duration,
}

/// A manifest that was fetched.
pub(super) struct Fetched {
    pub(super) first_byte: Duration,
    pub(super) time: Duration,
    pub(super) bytes: u64,
    files: u64,
}

impl<'s> Client<'s> {
    /// Of that service.
    pub(super) fn of(serving: &'s Serving) -> Self {
        Self {
            base_url: &serving.base_url,
        }
    }

    /// Asks for a manifest of one source, or of all that is public.
    ///
    /// # Errors
    /// When it is refused.
    pub(super) fn ask(&self, source: Option<&str>) -> Result<Asked> {
        let url = format!("{}{}", self.base_url, target(source));
        let (said, [_, total, _]) = self.curl("", &["--request", "PUT", &url])?;
        let answer: Value = serde_json::from_str(&said).context("what asking is answered with")?;
        let location = answer["Location"].as_str().context("no Location")?;
        Ok(Asked {
            location: location.to_owned(),
            time: Duration::from_secs_f64(total),
        })
    }

    /// Fetches a manifest.
    ///
    /// # Errors
    /// When it is refused, or breaks off.
    pub(super) fn fetch(&self, location: &str) -> Result<Fetched> {
        let (said, [first_byte, total, bytes]) = self.curl(&format!("| {COUNT}"), &[location])?;
        Ok(Fetched {
            first_byte: Duration::from_secs_f64(first_byte),
            time: Duration::from_secs_f64(total),
            bytes: bytes as u64,
            files: said.trim().parse().context("what grep counted")?,
        })
    }

    /// Runs a curl, whose output goes through `pipe`: what comes out, and what curl says.
    fn curl(&self, pipe: &str, arguments: &[&str]) -> Result<(String, [f64; 3])> {
        let script = format!("set -o pipefail; {CURL} \"$@\" {pipe}");
        let mut bash = Command::new("bash");
        bash.args(["-c", &script, "bash", "--write-out", WRITE_OUT])
            .args(["--header", &stranger::another()])
            .args(arguments);
        let said = running::output("a manifest", &mut bash, PATIENCE)?;
        let told = String::from_utf8_lossy(&said.stderr).into_owned();
        running::succeeded("a manifest", said.status).with_context(|| told.clone())?;
        let figures: Vec<f64> = (told.split_whitespace())
            .map(str::parse)
            .collect::<Result<_, _>>()
            .context("what curl says of itself")?;
        let figures = (figures.try_into()).map_err(|_| anyhow::anyhow!("curl said: {told}"))?;
        Ok((String::from_utf8(said.stdout)?, figures))
    }
}

/// Path and query to ask for a manifest of one source, or of all that is public.
pub(super) fn target(source: Option<&str>) -> String {
    let target = format!("/fetch/manifest/files?catalog={CATALOG}&format=curl");
    match source {
        Some(source) => {
            let filters = json!({"sourceId": {"is": [source]}}).to_string();
            format!("{target}&filters={}", encoded(&filters))
        }
        None => target,
    }
}

/// What JSON has and a query may not.
fn encoded(json: &str) -> String {
    let hexadecimal = |c: char| match c {
        '{' | '}' | '[' | ']' | '"' | ':' | ',' => format!("%{:02X}", c as u32),
        c => c.to_string(),
    };
    json.chars().map(hexadecimal).collect()
}

impl Fetched {
    /// Checks that every file is there.
    pub(super) fn has_files(&self, expected: u64) -> Result<()> {
        let files = self.files;
        ensure!(
            files == expected,
            "a manifest has {files} of {expected} files"
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests;
