//! `azat keys publish`.

use std::collections::BTreeMap;

use azat_origin::token::JwkSet;
use clap::Args;

use super::config_store;
use super::say::say;
use super::store_arguments::StoreArguments;

/// Prints the public keys: a JWK set for the folder keys/, or the Config Store item `keys`
///
///     azat keys publish --store azat.redb > azat.json && mv azat.json keys/
///     azat keys publish --store azat.redb --profile azat
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct KeysPublish {
    #[command(flatten)]
    store: StoreArguments,
    /// Print the Config Store item `keys` instead, with the set under this profile's name
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
}

impl KeysPublish {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let keys = self.store.open()?.signing_keys()?;
        let set = JwkSet::of(&keys);
        let Some(profile) = self.profile else {
            say(serde_json::to_string_pretty(&set)?)?;
            return Ok(());
        };
        let item = serde_json::to_string(&BTreeMap::from([(profile, set)]))?;
        config_store::ensure_fits(&item)?;
        say(item)?;
        Ok(())
    }
}
