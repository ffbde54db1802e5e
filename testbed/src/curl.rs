//! The real curl, as a client of the edge and of the stand-ins.

use std::path::Path;
use std::process::Command;

use crate::error::read_text;
use crate::error::{Error, Result};
use crate::program::output;

/// What the real curl got. After redirects: the last answer.
#[derive(Debug)]
pub struct CurlAnswer {
    /// curl's exit code; 0 is fine, -1 means that a signal ended it.
    pub exit: i32,
    /// The status, 0 when there was no answer.
    pub status: u16,
    /// Names (lower case) and values in the order received.
    pub headers: Vec<(String, String)>,
    /// The body as received, or as much of it as was.
    pub body: Vec<u8>,
}

impl CurlAnswer {
    /// The first value of a field, its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as text, with replacement characters where it is not.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// [`Error::Malformed`] when it is not.
    pub fn json(&self) -> Result<serde_json::Value> {
        serde_json::from_slice(&self.body).map_err(Error::malformed("the body"))
    }
}

/// Runs the real curl with `arguments` and gives back what it got; a curl that fails is an answer
/// too. `scratch` is a directory for its files. A request may take a minute, and so may the tries
/// before the last.
///
/// # Errors
/// [`Error::Io`] when there is no curl, [`Error::Malformed`] when what it wrote cannot be read.
pub fn curl(scratch: &Path, arguments: &[&str]) -> Result<CurlAnswer> {
    let kept = tempfile::tempdir_in(scratch).map_err(Error::io("make a directory for curl"))?;
    let (headers, body) = (kept.path().join("headers"), kept.path().join("body"));
    let mut curl = Command::new("curl");
    // First, or the user's own configuration would be read.
    curl.arg("--disable")
        .args([
            "--silent",
            "--show-error",
            "--noproxy",
            "*",
            "--max-time",
            "60",
            "--retry-max-time",
            "60",
        ])
        .args(["--write-out", "%{http_code}"])
        .arg("--dump-header")
        .arg(&headers)
        .arg("--output")
        .arg(&body)
        .args(arguments);
    let output = output(&mut curl).map_err(Error::io("run curl"))?;
    let status = String::from_utf8_lossy(&output.stdout);
    Ok(CurlAnswer {
        exit: output.status.code().unwrap_or(-1),
        status: status
            .trim()
            .parse()
            .map_err(Error::malformed("curl's %{http_code}"))?,
        headers: if headers.exists() {
            last_headers(&read_text(&headers)?)
        } else {
            Vec::new()
        },
        // curl makes no file when nothing came.
        body: std::fs::read(&body).unwrap_or_default(),
    })
}

/// The last block of a header dump: there is one for each interim answer and each redirect.
fn last_headers(dump: &str) -> Vec<(String, String)> {
    let dump = dump.replace("\r\n", "\n");
    let last = dump
        .split("\n\n")
        .filter(|block| !block.trim().is_empty())
        .last()
        .unwrap_or_default();
    last.lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests;
