//! `azat manifest create`.

use std::path::PathBuf;

use azat_edge::file::Catalog;
use azat_edge::time::UnixTime;
use azat_origin::base_url::BaseUrl;
use azat_origin::manifest::{LIFETIME_SECONDS, Manifest, ManifestKey};
use azat_origin::store::Store;
use clap::Args;

use super::say::say;

/// Makes a curl manifest of a catalog's files, in their newest versions, and prints its URL
///
/// The URL is good for 7 days. Who has it may read the list; the files need an AZAT.
///
///     azat manifest create --store azat.redb --base-url https://service.azul.example \
///         --catalog dcp46 --source s1 --source s2
///
/// Download its files with:
///
///     curl --location --fail URL | curl --header "Authorization: Bearer AZAT" \
///         --retry 15 --retry-delay 10 --config -
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct ManifestCreate {
    /// The store
    #[arg(long, value_name = "FILE")]
    store: PathBuf,
    /// The URL under which users reach the service
    #[arg(long, value_name = "URL")]
    base_url: BaseUrl,
    /// The catalog
    #[arg(long, value_name = "NAME", value_parser = Catalog::parse)]
    catalog: Catalog,
    /// List the files of this source; without any, those of all sources
    #[arg(long = "source", value_name = "NAME")]
    sources: Vec<String>,
}

impl ManifestCreate {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let store = Store::open(&self.store)?;
        let mut files = store.newest_files(&self.catalog)?;
        if !self.sources.is_empty() {
            files.retain(|file| self.sources.contains(&file.source));
        }
        let now = UnixTime::now();
        let manifest = Manifest::of(self.catalog, &files, now.plus(LIFETIME_SECONDS))?;
        let key = ManifestKey::generate()?;
        store.put_manifest(&key, &manifest, now)?;
        say(format_args!(
            "{}/manifest/files/{}",
            self.base_url,
            key.as_str()
        ))?;
        Ok(())
    }
}
