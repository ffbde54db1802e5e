//! `azat keys create`.

use azat_edge::time::UnixTime;
use azat_origin::token::SigningKey;
use clap::Args;

use super::say::say;
use super::store_arguments::StoreArguments;

/// Makes a new RSA-2048 signing key and prints its kid
///
/// New AZATs are signed with it from now on; those signed before stay good while their key is
/// published. So stop `azat serve`, create the key, give the edge what `azat keys publish` prints,
/// and only then start again: the edge has its own copy of the keys. The store is created if it is
/// not there.
///
///     azat keys create --store azat.redb
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct KeysCreate {
    #[command(flatten)]
    store: StoreArguments,
}

impl KeysCreate {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let store = self.store.open_or_create()?;
        let key = SigningKey::generate()?;
        store.put_signing_key(&key, UnixTime::now())?;
        say(key.kid())?;
        Ok(())
    }
}
