//! `azat users import`.

use std::path::PathBuf;

use azat_origin::store::Imported;
use clap::Args;

use super::json_lines;
use super::say::say;
use super::store_arguments::StoreArguments;

/// Reads users and their sources from JSON lines: all of them, or none when a line is bad
///
/// A user who is there already gets the new sources. The store is created if it is not there.
///
///     azat users import --store azat.redb users.jsonl
///
/// A line (here broken in two):
///
///     {"issuer": "https://accounts.google.com", "subject": "105096702580025601450",
///      "sources": ["s1", "s2"]}
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct UsersImport {
    #[command(flatten)]
    store: StoreArguments,
    /// The lines; - for the standard input
    #[arg(value_name = "LINES")]
    lines: PathBuf,
}

impl UsersImport {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let lines = json_lines::open(&self.lines)?;
        let store = self.store.open_or_create()?;
        let Imported { lines, changed, .. } = store.import_users(lines)?;
        say(format_args!(
            "users: {lines} read, {changed} new or changed"
        ))?;
        Ok(())
    }
}
