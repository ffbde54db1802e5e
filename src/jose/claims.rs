//! The claims of a token, and the rules they are held to (RFC 7519, 4.1).

use azat_policy::Profile;
use serde::Deserialize;

use super::TokenFault;
use crate::time::UnixTime;

/// The claims of a token whose signature is good. They may still be expired or another's.
#[derive(Debug)]
pub struct Authentic {
    claims: Claims,
}

/// A token that is believed: its issuer says that its bearer is this subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// `iss`: the profile's issuer.
    pub issuer: String,
    /// `sub`: never empty.
    pub subject: String,
    /// `iat`.
    pub issued_at: UnixTime,
    /// `jti`, where it is a counter: decimal, without sign or leading zeros.
    pub counter: Option<u64>,
}

#[derive(Debug, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    exp: NumericDate,
    iat: NumericDate,
    #[serde(default)]
    nbf: Option<NumericDate>,
    #[serde(default)]
    jti: Option<String>,
}

/// Seconds since the epoch; a fraction is cut off.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "serde_json::Number")]
struct NumericDate(UnixTime);

impl TryFrom<serde_json::Number> for NumericDate {
    type Error = &'static str;

    fn try_from(number: serde_json::Number) -> Result<Self, Self::Error> {
        // Above 2^53 a double no longer tells seconds apart.
        const LARGEST: f64 = 9_007_199_254_740_992.0;
        let whole = number.as_u64().or_else(|| {
            let seconds = number.as_f64()?;
            (0.0..=LARGEST).contains(&seconds).then_some(seconds as u64)
        });
        whole
            .map(|seconds| Self(UnixTime::from_seconds(seconds)))
            .ok_or("expected seconds since the epoch")
    }
}

/// The number that a `jti` spells, if it spells one in the one way.
fn counter(jti: &str) -> Option<u64> {
    let number: u64 = jti.parse().ok()?;
    (number.to_string() == jti).then_some(number)
}

impl Authentic {
    /// Reads the claims of a payload whose signature has been verified.
    pub(super) fn from_payload(payload: &[u8]) -> Result<Self, TokenFault> {
        let claims: Claims = serde_json::from_slice(payload).map_err(|_| {
            TokenFault::ClaimsMalformed("expected iss and sub as strings, exp and iat as numbers")
        })?;
        if claims.sub.is_empty() {
            return Err(TokenFault::ClaimsMalformed("sub is empty"));
        }
        Ok(Self { claims })
    }

    /// Holds the claims to the profile.
    ///
    /// # Errors
    /// [`TokenFault::IssuerRefused`], [`TokenFault::ClaimsMalformed`] when `exp` comes before `iat`,
    /// [`TokenFault::LifetimeTooLong`], [`TokenFault::Expired`], [`TokenFault::NotYetValid`].
    pub fn verify(self, profile: &Profile, now: UnixTime) -> Result<Verified, TokenFault> {
        let Claims { iss, sub, jti, .. } = self.claims;
        let (NumericDate(exp), NumericDate(iat)) = (self.claims.exp, self.claims.iat);
        let not_before = self.claims.nbf.map_or(iat, |NumericDate(nbf)| nbf.max(iat));
        let leeway = u64::from(profile.leeway_seconds);

        if iss != profile.issuer {
            return Err(TokenFault::IssuerRefused);
        }
        if exp < iat {
            return Err(TokenFault::ClaimsMalformed("exp comes before iat"));
        }
        if exp.since(iat) > u64::from(profile.maximum_lifetime_seconds) {
            return Err(TokenFault::LifetimeTooLong);
        }
        if now >= exp.plus(leeway) {
            return Err(TokenFault::Expired { at: exp });
        }
        if not_before > now.plus(leeway) {
            return Err(TokenFault::NotYetValid);
        }
        Ok(Verified {
            issuer: iss,
            subject: sub,
            issued_at: iat,
            counter: jti.as_deref().and_then(counter),
        })
    }
}

#[cfg(test)]
mod tests {
    use azat_policy::{Algorithm, Profile};
    use serde_json::{Value, json};

    use super::Authentic;
    use crate::jose::TokenFault;
    use crate::time::UnixTime;

    const NOW: u64 = 1_800_000_000;
    const DAY: u64 = 86_400;

    fn profile() -> Profile {
        Profile {
            algorithm: Algorithm::RS256,
            issuer: "https://azul.example".into(),
            maximum_lifetime_seconds: 7 * 86_400,
            leeway_seconds: 60,
        }
    }

    fn claims() -> Value {
        json!({"iss": "https://azul.example", "sub": "google#1", "iat": NOW, "exp": NOW + DAY})
    }

    /// The outcome for good claims with `changes` made: `null` removes a member.
    fn outcome(changes: Value) -> Result<String, TokenFault> {
        let mut claims = claims();
        for (name, value) in changes.as_object().unwrap() {
            match value {
                Value::Null => claims.as_object_mut().unwrap().remove(name),
                _ => claims
                    .as_object_mut()
                    .unwrap()
                    .insert(name.clone(), value.clone()),
            };
        }
        Authentic::from_payload(claims.to_string().as_bytes())?
            .verify(&profile(), UnixTime::from_seconds(NOW))
            .map(|verified| verified.subject)
    }

    #[test]
    fn good_claims_are_believed() {
        assert_eq!(outcome(json!({})), Ok("google#1".into()));
        assert_eq!(
            outcome(json!({"unknown": [1], "exp": NOW as f64 + 0.5})),
            Ok("google#1".into())
        );
    }

    #[test]
    fn every_claim_is_needed_and_typed() {
        for name in ["iss", "sub", "exp", "iat"] {
            let missing = outcome(json!({ name: null }));
            assert!(
                matches!(missing, Err(TokenFault::ClaimsMalformed(_))),
                "no {name}"
            );
            let mistyped = outcome(json!({ name: [1] }));
            assert!(
                matches!(mistyped, Err(TokenFault::ClaimsMalformed(_))),
                "{name}: [1]"
            );
        }
        for exp in [json!("1900000000"), json!(-1), json!(1e300), json!(true)] {
            let mistyped = outcome(json!({ "exp": exp }));
            assert!(
                matches!(mistyped, Err(TokenFault::ClaimsMalformed(_))),
                "exp: {exp}"
            );
        }
        assert_eq!(
            outcome(json!({"sub": ""})),
            Err(TokenFault::ClaimsMalformed("sub is empty"))
        );
    }

    #[test]
    fn the_issuer_is_compared_byte_for_byte() {
        for iss in [
            "https://azul.example/",
            "https://AZUL.example",
            "https://azul.exampl",
            "",
        ] {
            assert_eq!(
                outcome(json!({ "iss": iss })),
                Err(TokenFault::IssuerRefused),
                "{iss:?}"
            );
        }
    }

    #[test]
    fn a_token_ends_at_exp_plus_leeway() {
        let ended = |exp| outcome(json!({"iat": NOW - DAY, "exp": exp}));
        assert!(ended(NOW - 59).is_ok());
        let at = UnixTime::from_seconds(NOW - 60);
        assert_eq!(ended(NOW - 60), Err(TokenFault::Expired { at }));
    }

    #[test]
    fn a_token_begins_at_iat_or_nbf_less_leeway() {
        assert!(outcome(json!({"iat": NOW + 60})).is_ok());
        assert_eq!(
            outcome(json!({"iat": NOW + 61})),
            Err(TokenFault::NotYetValid)
        );
        assert!(outcome(json!({"nbf": NOW + 60})).is_ok());
        assert_eq!(
            outcome(json!({"nbf": NOW + 61})),
            Err(TokenFault::NotYetValid)
        );
    }

    #[test]
    fn a_lifetime_is_the_issuers_at_most() {
        assert!(outcome(json!({"exp": NOW + 7 * DAY})).is_ok());
        assert_eq!(
            outcome(json!({"exp": NOW + 7 * DAY + 1})),
            Err(TokenFault::LifetimeTooLong)
        );
        let backwards = TokenFault::ClaimsMalformed("exp comes before iat");
        assert_eq!(outcome(json!({"iat": NOW, "exp": NOW - 1})), Err(backwards));
    }

    #[test]
    fn a_jti_counts_when_it_is_a_number() {
        let counter = |jti: Value| {
            let mut claims = claims();
            claims["jti"] = jti;
            let authentic = Authentic::from_payload(claims.to_string().as_bytes())?;
            authentic
                .verify(&profile(), UnixTime::from_seconds(NOW))
                .map(|verified| verified.counter)
        };
        assert_eq!(counter(json!("0")), Ok(Some(0)));
        assert_eq!(counter(json!("18446744073709551615")), Ok(Some(u64::MAX)));
        for jti in ["", "01", "+1", "-1", "1.0", "a", "18446744073709551616"] {
            assert_eq!(counter(json!(jti)), Ok(None), "{jti:?}");
        }
        assert!(matches!(
            counter(json!(1)),
            Err(TokenFault::ClaimsMalformed(_))
        ));
    }
}
