//! JSON Web Tokens: verified offline, under the profile of the route.

use azat_policy::Profile;

use super::BearerToken;
use crate::denial::Denial;
use crate::jose::{Compact, Keys, Memory, Secret};
use crate::platform::Platform;
use crate::principal::Principal;
use crate::settings::InForce;

/// Verifies a token under the profile of that name.
///
/// # Errors
/// [`Denial::CredentialNotAccepted`] without such a profile, [`Denial::KeysMissing`] while there is no key for
/// it, [`Denial::Token`] for a token that is not believed.
pub fn verify<P: Platform>(
    token: BearerToken<'_>,
    name: &str,
    settings: InForce<'_>,
    memory: &mut Memory,
    platform: &mut P,
) -> Result<Principal, Denial> {
    let profile = (settings.policy.profiles.get(name)).ok_or(Denial::CredentialNotAccepted)?;
    let compact = Compact::parse(token.token())?;
    let secret = shared_key(profile, platform)?;
    let keys = match &secret {
        Some(secret) => Keys::Secret(secret),
        None => (settings.keys.get(name))
            .filter(|set| set.serves(profile.algorithm))
            .map(Keys::Published)
            .ok_or(Denial::KeysMissing)?,
    };
    let authentic = memory.authenticate(compact, profile, keys)?;
    let verified = authentic.verify(profile, platform.now())?;
    Ok(Principal {
        profile: name.to_owned(),
        issuer: verified.issuer,
        subject: verified.subject,
        issued_at: verified.issued_at,
        counter: verified.counter,
    })
}

/// The key that a profile shares with its issuer, if it is one of those that do.
fn shared_key<P: Platform>(profile: &Profile, platform: &mut P) -> Result<Option<Secret>, Denial> {
    let Some(name) = &profile.secret else {
        return Ok(None);
    };
    let entry = platform.secret(name).ok_or(Denial::KeysMissing)?;
    match Secret::from_base64(profile.algorithm, &entry) {
        Ok(secret) => Ok(Some(secret)),
        Err(expected) => Err(Denial::ConfigurationBroken {
            cause: format!("secret {name}: {expected}"),
        }),
    }
}
