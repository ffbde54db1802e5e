//! `azat mint`.

use anyhow::{Context as _, bail};
use azat_edge::time::UnixTime;
use azat_origin::base_url::BaseUrl;
use azat_origin::subject::Subject;
use azat_origin::token::{Azat, Lifetime};
use clap::Args;

use super::say::say;
use super::store_arguments::StoreArguments;

/// Mints an AZAT for a user of the store and prints it
///
/// Whoever has it is taken for that user: give it to nobody else.
///
///     azat mint --store azat.redb --issuer https://service.azul.example \
///         --subject 'https://accounts.google.com#105096702580025601450'
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Mint {
    #[command(flatten)]
    store: StoreArguments,
    /// The base URL of the service, which becomes `iss`
    #[arg(long, value_name = "URL")]
    issuer: BaseUrl,
    /// The user's identity provider and subject, with a # between them
    #[arg(long, value_name = "ISSUER#SUBJECT")]
    subject: Subject,
    /// How long the token is good for; 7 days at most
    #[arg(long, value_name = "N", default_value = "604800")]
    lifetime_seconds: Lifetime,
}

impl Mint {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let store = self.store.open()?;
        let keys = store.signing_keys()?;
        let newest = (keys.first()).with_context(|| {
            format!(
                "{} has no signing key: `azat keys create` makes one",
                self.store.display()
            )
        })?;
        let Some(jti) = store.count_azat_of_user(&self.subject)? else {
            bail!(
                "{} is no user of {}: `azat users import` adds users",
                self.subject,
                self.store.display()
            );
        };
        let now = UnixTime::now();
        let azat = Azat::mint(
            newest,
            &self.issuer,
            &self.subject,
            jti,
            self.lifetime_seconds,
            now,
        )?;
        say(azat.as_str())?;
        Ok(())
    }
}
