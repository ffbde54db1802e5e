//! Which store a command works on, and with how much memory.

use std::path::PathBuf;

use azat_origin::log::Log;
use azat_origin::store::{Store, StoreFault, StoreFile};
use clap::Args;

const MIB: usize = 1024 * 1024;
const CACHE_MIB: usize = StoreFile::CACHE_BYTES / MIB;

/// The options of every command that opens the store.
#[derive(Args)]
pub(super) struct StoreArguments {
    /// The store
    #[arg(long, value_name = "FILE")]
    store: PathBuf,
    /// The memory for what is read of the store and written to it, in MiB
    #[arg(long, value_name = "N", default_value_t = CACHE_MIB)]
    cache_mib: usize,
}

impl StoreArguments {
    /// Opens the store.
    pub(super) fn open(&self) -> Result<Store, StoreFault> {
        Store::open(self.file())
    }

    /// Opens the store; creates it for its owner alone if it is not there.
    pub(super) fn open_or_create(&self) -> Result<Store, StoreFault> {
        Store::open_or_create(self.file())
    }

    /// Opens the store for a service, which must not wait for whoever reads what it says.
    pub(super) fn open_logging(&self, log: &Log) -> Result<Store, StoreFault> {
        let log = log.clone();
        let file = self.file().telling_of_repairs(move |done| {
            let percent = format!("{:.0} % done", done * 100.0);
            log.notice("the store was not closed: repairing it", Some(&percent));
        });
        Store::open(file)
    }

    fn file(&self) -> StoreFile {
        let path = self.store.display().to_string();
        StoreFile::from(&self.store)
            .with_cache(self.cache_mib.saturating_mul(MIB))
            .telling_of_repairs(move |done| {
                let percent = done * 100.0;
                eprintln!("azat: {path} was not closed: repairing it, {percent:.0} % done");
            })
    }

    /// The store's name, for messages.
    pub(super) fn display(&self) -> std::path::Display<'_> {
        self.store.display()
    }
}
