//! `azat policy check`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use azat_policy::Policy;
use clap::Args;

use super::say::say;

/// Reads a policy as the edge's build does, and tells the first fault with its line
///
///     azat policy check policy.toml
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct PolicyCheck {
    /// The policy
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl PolicyCheck {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let policy = read(&self.file)?;
        say(format_args!(
            "{} is a good policy: {}, {}",
            self.file.display(),
            count(policy.routes.len(), "route"),
            count(policy.profiles.len(), "profile"),
        ))?;
        Ok(())
    }
}

/// The policy in a file.
pub(super) fn read(file: &Path) -> anyhow::Result<Policy> {
    let name = file.display();
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {name}"))?;
    Policy::from_toml(&text).map_err(|fault| anyhow!("{name}, {fault}"))
}

fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
