//! `azat manifest create`.

use std::collections::BTreeSet;

use anyhow::ensure;
use azat_edge::file::Catalog;
use azat_edge::time::UnixTime;
use azat_origin::base_url::BaseUrl;
use azat_origin::manifest::{LIFETIME_SECONDS, LONGEST, Manifest, ManifestKey, Reader};
use clap::Args;

use super::say::say;
use super::store_arguments::StoreArguments;

/// Makes a curl manifest of a catalog's files, in their newest versions, and prints its URL
///
/// The URL is good for 7 days, and so are the versions: newer ones are not on the manifest. Who has
/// it may read the list; the files need an AZAT.
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
    #[command(flatten)]
    store: StoreArguments,
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
        let store = self.store.open()?;
        let (now, revision) = (UnixTime::now(), store.revision()?);
        let sources: BTreeSet<_> = self.sources.into_iter().collect();
        let sources = (!sources.is_empty()).then_some(sources);
        let manifest = Manifest {
            catalog: self.catalog,
            sources,
            reader: Reader::Operator,
            reader_only: false,
            revision,
            expires: now.plus(LIFETIME_SECONDS),
        };
        let mut listing = store.list_of(&manifest)?;
        ensure!(
            listing.length() <= LONGEST,
            "{} files are too many for one manifest: expected at most {LONGEST}",
            listing.length()
        );
        while store.next_of(&mut listing, 1)?.is_empty() {
            ensure!(
                !listing.is_over(),
                "there are no such files in catalog {}",
                manifest.catalog.as_str()
            );
        }
        let key = ManifestKey::generate()?;
        store.put_manifest(&key, &manifest, now, u64::MAX)??;
        say(format_args!(
            "{}/manifest/files/{}",
            self.base_url,
            key.as_str()
        ))?;
        Ok(())
    }
}
