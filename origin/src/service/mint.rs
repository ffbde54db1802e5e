//! Mints AZATs for users who are signed in.

use std::sync::Arc;

use azat_edge::time::UnixTime;

use super::origin::Origin;
use super::refusal::Refusal;
use crate::subject::Subject;
use crate::token::{Azat, Lifetime};

impl Origin {
    /// Mints an AZAT of the longest lifetime for a user who is signed in.
    pub(super) async fn mint(self: Arc<Self>, subject: Subject) -> Result<Azat, Refusal> {
        self.blocking(move |origin| {
            let (key, issuer) = (&origin.signing_key, &origin.base_url);
            let (lifetime, now) = (Lifetime::MAXIMUM, UnixTime::now());
            let jti = origin.store.count_azat_of_session(&subject, now)??;
            Ok(Azat::mint(key, issuer, &subject, jti, lifetime, now)?)
        })
        .await
    }
}
