//! The curl manifest, read as curl reads it.

use std::path::PathBuf;

use url::Url;

use crate::error::{Error, Result};

/// The records of a curl manifest, in its order.
#[derive(Debug)]
pub struct CurlManifest {
    /// One for each file to download.
    pub entries: Vec<ManifestEntry>,
}

/// A `url=`, `output=` pair.
#[derive(Debug, PartialEq, Eq)]
pub struct ManifestEntry {
    /// Where the file is.
    pub url: Url,
    /// Where curl puts it, relative to its working directory.
    pub output: PathBuf,
}

impl ManifestEntry {
    /// The file's UUID: the last segment of the URL's path.
    pub fn uuid(&self) -> &str {
        self.url.path().rsplit('/').next().unwrap_or_default()
    }
}

impl CurlManifest {
    /// Reads the `url="…"` and `output="…"` lines of a manifest; all others are options and
    /// comments.
    ///
    /// # Errors
    /// [`Error::Malformed`] when a URL is not one, or the two do not alternate.
    pub fn parse(text: &str) -> Result<Self> {
        let mut entries = Vec::new();
        let mut pending = None;
        for line in text.lines() {
            if let Some(value) = quoted(line, "url=") {
                let url =
                    Url::parse(&value).map_err(Error::malformed("a URL of the curl manifest"))?;
                if pending.replace(url).is_some() {
                    return Err(disorder("a url without an output"));
                }
            } else if let Some(output) = quoted(line, "output=") {
                let url = pending
                    .take()
                    .ok_or_else(|| disorder("an output without a url"))?;
                entries.push(ManifestEntry {
                    url,
                    output: output.into(),
                });
            }
        }
        match pending {
            None => Ok(Self { entries }),
            Some(_) => Err(disorder("a url without an output")),
        }
    }
}

fn disorder(problem: &str) -> Error {
    Error::malformed("the curl manifest")(problem)
}

/// The value of `<option>"<value>"`, where curl reads a backslash as "the next character itself".
fn quoted(line: &str, option: &str) -> Option<String> {
    let inner = line
        .strip_prefix(option)?
        .strip_prefix('"')?
        .strip_suffix('"')?;
    let mut characters = inner.chars();
    let mut value = String::new();
    while let Some(character) = characters.next() {
        value.push(if character == '\\' {
            characters.next()?
        } else {
            character
        });
    }
    Some(value)
}

#[cfg(test)]
mod tests;
