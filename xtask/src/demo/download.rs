//! The download: Azul's own command line, run by bash.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use azat_testbed::Stack;

use super::sign_in::SignIn;
use crate::running;

/// How long the command line may take: many times what it takes.
const PATIENCE: Duration = Duration::from_secs(600);

/// A download that curl was content with.
pub(crate) struct Download {
    /// Where the files are.
    pub(crate) directory: PathBuf,
    /// How many.
    pub(crate) files: u64,
    /// How many bytes they have together.
    pub(crate) bytes: u64,
    /// How long it took.
    pub(crate) time: Duration,
}

impl Download {
    /// Runs the command line in an empty directory.
    ///
    /// # Errors
    /// When curl fails, with the end of what it said.
    pub(crate) fn run(stack: &Stack, sign_in: &SignIn) -> Result<Self> {
        let directory = stack.directory().join("download");
        std::fs::create_dir(&directory).context("could not make the download directory")?;
        let said = stack.logs().join("download.stderr");
        let start = Instant::now();
        let status = running::status(
            "the download",
            Command::new("bash")
                .args([
                    "-c",
                    &format!("set -o pipefail; {}", sign_in.command_line()),
                ])
                // A proxy in the environment is not meant for loopback addresses.
                .envs([("no_proxy", "127.0.0.1"), ("NO_PROXY", "127.0.0.1")])
                .current_dir(&directory)
                .stdout(File::create(stack.logs().join("download.stdout"))?)
                .stderr(File::create(&said)?),
            PATIENCE,
        )?;
        let time = start.elapsed();
        if !status.success() {
            bail!(
                "curl failed ({status}):\n{}",
                std::fs::read_to_string(&said).unwrap_or_default()
            );
        }
        let sizes = sizes(&directory)?;
        Ok(Self {
            directory,
            files: sizes.len() as u64,
            bytes: sizes.iter().sum(),
            time,
        })
    }
}

fn sizes(directory: &Path) -> Result<Vec<u64>> {
    let size = |file: PathBuf| Ok(directory.join(file).metadata()?.len());
    files_below(directory)?.into_iter().map(size).collect()
}

/// All files in `directory` and its subdirectories, relative to it.
pub(crate) fn files_below(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut pending = vec![directory.to_owned()];
    while let Some(next) = pending.pop() {
        for entry in std::fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() {
                pending.push(path);
            } else {
                files.push(path.strip_prefix(directory)?.to_owned());
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests;
