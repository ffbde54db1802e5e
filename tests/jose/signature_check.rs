//! Checking a signature without reading claims.

use azat_edge::jose::{Compact, TokenFault};
use azat_policy::Profile;

use crate::signer::KeyMaterial;

/// Checks form, header and signature alone. Payloads are read only once the signature is good, so a
/// complaint about one says that it is.
pub(crate) fn check_signature(
    keys: &KeyMaterial,
    token: &str,
    profile: &Profile,
) -> Result<(), TokenFault> {
    match Compact::parse(token)?.authenticate(profile, keys.keys()) {
        Ok(_) | Err(TokenFault::ClaimsMalformed(_)) => Ok(()),
        Err(fault) => Err(fault),
    }
}
