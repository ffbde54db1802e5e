//! An AZAT: the token that proves a user to the edge for days.

use std::fmt;
use std::str::FromStr;

use azat_edge::time::UnixTime;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rsa::pkcs1;
use serde::Serialize;

use super::signing_key::SigningKey;
use crate::base_url::BaseUrl;
use crate::subject::Subject;

/// The longest lifetime, in seconds: 7 days.
const MAXIMUM_LIFETIME: u32 = 7 * 86_400;

/// A signed token. Whoever has it is taken for its subject, so it is never shown by `Debug`.
pub struct Azat(String);

/// How long an AZAT is good for: 1 second to 7 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime(u32);

/// Why a number of seconds is not a lifetime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected 1 to {MAXIMUM_LIFETIME} seconds, which is 7 days")]
pub struct NotALifetime;

/// Why no token could be minted.
#[derive(Debug, thiserror::Error)]
pub enum MintFault {
    /// The key cannot be handed over.
    #[error(transparent)]
    Key(#[from] pkcs1::Error),
    /// The signature failed.
    #[error(transparent)]
    Signature(#[from] jsonwebtoken::errors::Error),
}

/// The claims (RFC 7519, 4.1).
#[derive(Serialize)]
struct Claims<'c> {
    iss: &'c str,
    sub: &'c str,
    iat: UnixTime,
    exp: UnixTime,
    jti: String,
}

impl Azat {
    /// Mints the token of number `jti` among those of its subject, signed by `key`, good from now
    /// on.
    ///
    /// # Errors
    /// [`MintFault`].
    pub fn mint(
        key: &SigningKey,
        issuer: &BaseUrl,
        subject: &Subject,
        jti: u64,
        lifetime: Lifetime,
        now: UnixTime,
    ) -> Result<Self, MintFault> {
        let header = Header {
            kid: Some(key.kid().to_owned()),
            ..Header::new(Algorithm::RS256)
        };
        let claims = Claims {
            iss: issuer.as_str(),
            sub: subject.as_str(),
            iat: now,
            exp: now.plus(lifetime.0.into()),
            jti: jti.to_string(),
        };
        let encoding_key = EncodingKey::from_rsa_der(key.to_pkcs1_der()?.as_bytes());
        Ok(Self(jsonwebtoken::encode(&header, &claims, &encoding_key)?))
    }

    /// The token, to be given to its user.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Azat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Azat(…)")
    }
}

impl Lifetime {
    /// The longest lifetime: 7 days.
    pub const MAXIMUM: Self = Self(MAXIMUM_LIFETIME);

    /// In seconds.
    pub const fn seconds(self) -> u32 {
        self.0
    }
}

impl FromStr for Lifetime {
    type Err = NotALifetime;

    fn from_str(seconds: &str) -> Result<Self, Self::Err> {
        match seconds.parse() {
            Ok(seconds @ 1..=MAXIMUM_LIFETIME) => Ok(Self(seconds)),
            _ => Err(NotALifetime),
        }
    }
}

#[cfg(test)]
mod tests {
    use azat_edge::jose::{Compact, KeySet, Keys, TokenFault};
    use azat_edge::time::UnixTime;
    use azat_policy::{Algorithm, Profile};
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::{Value, json};

    use super::{Azat, Lifetime, NotALifetime};
    use crate::samples::{self, BASE_URL, SUBJECT};
    use crate::token::JwkSet;

    const NOW: UnixTime = UnixTime::from_seconds(1_800_000_000);

    fn mint() -> Azat {
        Azat::mint(
            samples::signing_key(),
            &BASE_URL.parse().unwrap(),
            &SUBJECT.parse().unwrap(),
            7,
            Lifetime::MAXIMUM,
            NOW,
        )
        .unwrap()
    }

    #[test]
    fn a_token_says_what_was_agreed() {
        let azat = mint();
        let segment = |index| -> Value {
            let text = azat.as_str().split('.').nth(index).unwrap();
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
        };
        let kid = samples::signing_key().kid();
        assert_eq!(
            segment(0),
            json!({"typ": "JWT", "alg": "RS256", "kid": kid})
        );
        assert_eq!(
            segment(1),
            json!({"iss": BASE_URL, "sub": SUBJECT, "iat": 1_800_000_000_u32, "exp": 1_800_604_800_u32, "jti": "7"})
        );
    }

    #[test]
    fn the_edge_believes_it() {
        let profile = Profile {
            issuer: Some(BASE_URL.into()),
            maximum_lifetime_seconds: Some(604_800),
            ..Profile::of(Algorithm::RS256)
        };
        let verified_by = |key| {
            let set = serde_json::to_value(JwkSet::of(std::slice::from_ref(key))).unwrap();
            let keys = KeySet::from_json(&set).unwrap();
            let azat = mint();
            Compact::parse(azat.as_str())?
                .authenticate(&profile, Keys::Published(&keys))?
                .verify(&profile, NOW)
        };
        assert_eq!(
            verified_by(samples::signing_key()).unwrap().subject(),
            SUBJECT
        );
        let foreign = verified_by(samples::foreign_key());
        assert_eq!(foreign, Err(TokenFault::KeyUnknown));
    }

    #[test]
    fn a_lifetime_is_seven_days_at_most() {
        assert_eq!("604800".parse(), Ok(Lifetime::MAXIMUM));
        assert_eq!("1".parse::<Lifetime>().map(Lifetime::seconds), Ok(1));
        for seconds in ["0", "604801", "-1", "7d", ""] {
            assert_eq!(
                seconds.parse::<Lifetime>(),
                Err(NotALifetime),
                "{seconds:?}"
            );
        }
    }

    #[test]
    fn a_token_is_not_shown() {
        assert_eq!(format!("{:?}", mint()), "Azat(…)");
    }
}
