//! AZATs: the JSON Web Tokens that the origin service mints for its users.

use azat_policy::{Policy, Route};

use crate::denial::Denial;
use crate::jose::{Compact, KeySets};
use crate::principal::Principal;
use crate::time::UnixTime;

/// Verifies a token offline, under the profile that the route accepts.
///
/// # Errors
/// [`Denial::CredentialNotAccepted`] on a route without profiles, [`Denial::KeysMissing`] while no key is
/// published, [`Denial::Token`] for a token that is not believed.
pub fn verify(
    token: &str,
    route: &Route,
    policy: &Policy,
    keys: &KeySets,
    now: UnixTime,
) -> Result<Principal, Denial> {
    let [name] = route.accepts.as_slice() else {
        return Err(Denial::CredentialNotAccepted);
    };
    let profile = policy
        .profiles
        .get(name)
        .ok_or(Denial::CredentialNotAccepted)?;
    let compact = Compact::parse(token)?;
    let keys = keys
        .get(name)
        .filter(|keys| !keys.is_empty())
        .ok_or(Denial::KeysMissing)?;
    let verified = compact.authenticate(profile, keys)?.verify(profile, now)?;
    Ok(Principal {
        profile: name.clone(),
        issuer: verified.issuer,
        subject: verified.subject,
        issued_at: verified.issued_at,
        counter: verified.counter,
    })
}
