//! The bearer of an AZAT, as the origin itself believes it.

use azat_edge::jose::{Compact, Keys, Verified};
use azat_edge::time::UnixTime;

use super::origin::Origin;
use super::refusal::Refusal;
use crate::store::Standing;
use crate::subject::Subject;

/// A user whose AZAT is good: signed, of this service, not expired, not revoked.
pub(super) struct AzatBearer {
    /// `iss` of the AZAT.
    pub(super) issuer: String,
    /// `sub` of the AZAT.
    pub(super) subject: Subject,
    /// The user, and the window that the AZAT is in.
    pub(super) standing: Standing,
}

impl Origin {
    /// Verifies an AZAT and looks its subject up, which holds a thread for a moment.
    pub(super) fn azat_bearer(&self, token: &str, now: UnixTime) -> Result<AzatBearer, Refusal> {
        let verified: Verified = Compact::parse(token)?
            .authenticate(&self.profile, Keys::Published(&self.keys))?
            .verify(&self.profile, now)?;
        let subject: Subject = (verified.subject().parse()).map_err(|_| Refusal::SessionMissing)?;
        let standing = (self.store.standing(&subject)).map_err(Refusal::of_subject)?;
        let standing = standing.ok_or(Refusal::SessionMissing)?;
        if !(standing.window).admits(verified.counter(), verified.issued_at()) {
            return Err(Refusal::TokenRevoked);
        }
        Ok(AzatBearer {
            issuer: verified.issuer().to_owned(),
            subject,
            standing,
        })
    }

    /// Whether a token is an AZAT of ours, good or not.
    pub(super) fn is_azat(&self, token: &str) -> bool {
        Compact::parse(token)
            .and_then(|compact| compact.authenticate(&self.profile, Keys::Published(&self.keys)))
            .is_ok()
    }
}
