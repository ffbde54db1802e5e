//! `azat compact`.

use azat_origin::store::Compacted;
use clap::Args;

use super::say::say;
use super::store_arguments::StoreArguments;

/// Makes the store's file as small as its content
///
/// The file grows with every import and never shrinks by itself: what is not used any more is used
/// again, but not given back to the disk. Takes as long as copying the file, and may be
/// interrupted.
///
///     azat compact --store azat.redb
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Compact {
    #[command(flatten)]
    store: StoreArguments,
}

impl Compact {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let Compacted { before, after } = self.store.open()?.compact()?;
        say(format_args!("{before} bytes before, {after} bytes after"))?;
        Ok(())
    }
}
