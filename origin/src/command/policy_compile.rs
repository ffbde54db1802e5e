//! `azat policy compile`.

use std::path::PathBuf;

use clap::Args;

use super::say::say;
use super::{config_store, policy_check};

/// Prints a policy as the Config Store item `policy`, which the edge reads at run time
///
///     azat policy compile policy.toml
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct PolicyCompile {
    /// The policy
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl PolicyCompile {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let item = policy_check::read(&self.file)?.to_compact();
        config_store::ensure_fits(&item)?;
        say(item)?;
        Ok(())
    }
}
