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

#[cfg(test)]
mod tests {
    use azat_policy::{Algorithm, Profile};
    use hmac::{Hmac, KeyInit as _, Mac as _};
    use http::HeaderMap;
    use http::header::AUTHORIZATION;
    use serde_json::json;
    use sha2::Sha256;

    use super::verify;
    use crate::credential::{self, Credential};
    use crate::denial::Denial;
    use crate::jose::{KeySet, KeySets, Memory, TokenFault};
    use crate::request::Request;
    use crate::settings::InForce;
    use crate::testing::{World, base64url, claims, jwk, policy, token};

    /// What becomes of a token under a profile: its profile and subject, when it is good.
    fn outcome(token: &str, name: &str, world: &mut World) -> Result<(String, String), Denial> {
        let mut policy = policy();
        let build = Profile {
            issuer: Some("https://azul.example".into()),
            secret: Some("build_tokens".into()),
            ..Profile::of(Algorithm::HS256)
        };
        policy.profiles.insert("build".into(), build);
        let apat = Profile::of(Algorithm::ES256);
        policy.profiles.insert("apat".into(), apat);
        let set = KeySet::from_json(&json!({"keys": [jwk("k1")]})).unwrap();
        let keys = KeySets::from([("azat".into(), set.clone()), ("apat".into(), set)]);
        let request = Request {
            method: http::Method::GET,
            url: "https://azul.example/".parse().unwrap(),
            headers: HeaderMap::from_iter([(
                AUTHORIZATION,
                format!("Bearer {token}").parse().unwrap(),
            )]),
        };
        let Ok(Credential::Jwt(token)) = credential::find(&request) else {
            panic!("expected a token");
        };
        let settings = InForce {
            policy: &policy,
            keys: &keys,
        };
        let user = verify(token, name, settings, &mut Memory::default(), world)?;
        Ok((user.profile, user.subject))
    }

    /// A token that is signed with a shared key.
    fn shared(key: &[u8]) -> String {
        let (header, payload) = (r#"{"alg":"HS256"}"#, claims().to_string());
        let input = format!("{}.{}", base64url(header), base64url(&payload));
        let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
        mac.update(input.as_bytes());
        format!("{input}.{}", base64url(mac.finalize().into_bytes()))
    }

    #[test]
    fn a_token_is_verified_under_the_named_profile() {
        let world = &mut World::new();
        let good = |name: &str| Ok((name.to_owned(), "google#1".to_owned()));
        assert_eq!(outcome(&token(), "azat", world), good("azat"));
        let key = [1, 2, 3].repeat(11);
        assert_eq!(outcome(&shared(&key), "build", world), good("build"));
        let forged = Err(Denial::Token(TokenFault::SignatureInvalid));
        assert_eq!(outcome(&shared(&[7; 33]), "build", world), forged);
        let confused = Err(Denial::Token(TokenFault::AlgorithmRefused));
        assert_eq!(outcome(&token(), "build", world), confused);
        assert_eq!(outcome(&shared(&key), "azat", world), confused);
    }

    #[test]
    fn without_a_key_nobody_is_told_that_a_token_is_bad() {
        let world = &mut World::new();
        let missing = Err(Denial::KeysMissing);
        assert_eq!(outcome(&token(), "apat", world), missing);
        let unknown = Err(Denial::CredentialNotAccepted);
        assert_eq!(outcome(&token(), "other", world), unknown);
        world.shared_key = "AQID".into();
        let cause = "secret build_tokens: expected at least 32 bytes".to_owned();
        let broken = Err(Denial::ConfigurationBroken { cause });
        assert_eq!(outcome(&token(), "build", world), broken);
        world.shared_key.clear();
        assert_eq!(outcome(&token(), "build", world), missing);
    }
}
