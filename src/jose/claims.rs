//! The claims of a token, and the rules they are held to (RFC 7519, 4.1).

use azat_policy::{JtiRule, Profile};

use super::TokenFault;
use super::json::{Json, Object};
use crate::time::UnixTime;

/// The claims of a token whose signature is good. They may still be expired or another's.
#[derive(Debug)]
pub struct Authentic {
    issuer: Option<String>,
    subject: String,
    audience: Option<Vec<String>>,
    expires: NumericDate,
    issued: Option<NumericDate>,
    not_before: Option<NumericDate>,
    jti: Option<String>,
    is_bound: bool,
}

/// A token that is believed: its issuer says that its bearer is this subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    issuer: String,
    subject: String,
    issued_at: UnixTime,
    counter: Option<u64>,
}

impl Verified {
    /// `iss`: the profile's issuer; empty where the profile has none.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// `sub`: never empty.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// `iat`; the epoch where the token does not say.
    pub fn issued_at(&self) -> UnixTime {
        self.issued_at
    }

    /// `jti`, where it is a counter: decimal, without sign or leading zeros.
    pub fn counter(&self) -> Option<u64> {
        self.counter
    }
}

/// Seconds since the epoch, and whether a fraction follows (RFC 7519, 2).
#[derive(Debug, Clone, Copy)]
struct NumericDate {
    whole: u64,
    has_fraction: bool,
}

impl NumericDate {
    fn from_json(value: &Json<'_>) -> Option<Self> {
        // Above 2^53 a double no longer tells seconds apart.
        const LARGEST: f64 = 9_007_199_254_740_992.0;
        match value {
            Json::Whole(whole) => Some(Self {
                whole: *whole,
                has_fraction: false,
            }),
            Json::Real(seconds) if (0.0..=LARGEST).contains(seconds) => Some(Self {
                whole: *seconds as u64,
                has_fraction: seconds.fract() > 0.0,
            }),
            _ => None,
        }
    }

    /// The last whole second that is not after it.
    fn floor(self) -> UnixTime {
        UnixTime::from_seconds(self.whole)
    }

    /// The first whole second that is not before it.
    fn ceil(self) -> UnixTime {
        self.floor().plus(u64::from(self.has_fraction))
    }
}

/// The number that a `jti` spells, if it spells one in the one way there is.
fn counter(jti: &str) -> Option<u64> {
    let is_plain = jti == "0" || !jti.starts_with(['0', '+']);
    is_plain.then(|| jti.parse().ok()).flatten()
}

/// `aud`: a string, or an array of strings (RFC 7519, 4.1.3).
fn audience(value: &Json<'_>) -> Option<Vec<String>> {
    let texts = match value {
        Json::Text(only) => vec![only.as_ref()],
        several => several.as_texts()?,
    };
    Some(texts.into_iter().map(str::to_owned).collect())
}

impl Authentic {
    /// Reads the claims of a payload whose signature has been verified.
    pub(super) fn from_payload(payload: &[u8]) -> Result<Self, TokenFault> {
        Self::read(payload).map_err(TokenFault::ClaimsMalformed)
    }

    fn read(payload: &[u8]) -> Result<Self, &'static str> {
        let claims = Object::parse(payload)?;
        let text = |name, expected| match claims.text(name) {
            Ok(text) => Ok(text.map(str::to_owned)),
            Err(_) => Err(expected),
        };
        let date = |name, expected| match claims.get(name).map(NumericDate::from_json) {
            None => Ok(None),
            Some(Some(date)) => Ok(Some(date)),
            Some(None) => Err(expected),
        };
        let audience = match claims.get("aud").map(audience) {
            Some(None) => return Err("expected aud as a string or an array of strings"),
            read => read.flatten(),
        };
        Ok(Self {
            issuer: text("iss", "expected iss as a string")?,
            subject: text("sub", "expected sub as a string")?
                .filter(|sub| !sub.is_empty())
                .ok_or("expected sub, not empty")?,
            audience,
            expires: date("exp", "expected exp as seconds since the epoch")?
                .ok_or("expected exp")?,
            issued: date("iat", "expected iat as seconds since the epoch")?,
            not_before: date("nbf", "expected nbf as seconds since the epoch")?,
            jti: text("jti", "expected jti as a string")?,
            is_bound: claims.get("cnf").is_some(),
        })
    }

    /// Holds the claims to the profile.
    ///
    /// # Errors
    /// [`TokenFault::ClaimsMalformed`], [`TokenFault::IssuerRefused`],
    /// [`TokenFault::SubjectRefused`], [`TokenFault::AudienceRefused`],
    /// [`TokenFault::PossessionUnproven`], [`TokenFault::LifetimeTooLong`],
    /// [`TokenFault::Expired`], [`TokenFault::NotYetValid`].
    pub fn verify(self, profile: &Profile, now: UnixTime) -> Result<Verified, TokenFault> {
        let counter = self.jti.as_deref().and_then(counter);
        self.check_presence(profile, counter)
            .map_err(TokenFault::ClaimsMalformed)?;
        self.check_names(profile)?;
        if self.is_bound {
            return Err(TokenFault::PossessionUnproven);
        }
        self.check_times(profile, now)?;
        Ok(Verified {
            issuer: self.issuer.unwrap_or_default(),
            subject: self.subject,
            issued_at: self
                .issued
                .map_or(UnixTime::from_seconds(0), NumericDate::floor),
            counter,
        })
    }

    /// Whether all that the profile needs is there, and makes sense.
    fn check_presence(&self, profile: &Profile, counter: Option<u64>) -> Result<(), &'static str> {
        if profile.jti == Some(JtiRule::Counter) && counter.is_none() {
            return Err("expected jti as a counter");
        }
        match self.issued {
            None if profile.maximum_lifetime_seconds.is_some() => Err("expected iat"),
            Some(issued) if self.expires.floor() < issued.floor() => Err("exp comes before iat"),
            _ => Ok(()),
        }
    }

    /// Whose word it is, about whom, and for whom.
    fn check_names(&self, profile: &Profile) -> Result<(), TokenFault> {
        if self.issuer != profile.issuer {
            return Err(TokenFault::IssuerRefused);
        }
        let prefix = profile.subject_prefix.as_deref().unwrap_or_default();
        if self.subject.strip_prefix(prefix).is_none_or(str::is_empty) {
            return Err(TokenFault::SubjectRefused);
        }
        let is_for_us = match (&profile.audience, &self.audience) {
            (None, None) => true,
            (Some(own), Some(named)) => named.contains(own),
            _ => false,
        };
        match is_for_us {
            true => Ok(()),
            false => Err(TokenFault::AudienceRefused),
        }
    }

    /// Dates with a fraction are taken in the sense that makes the token good for less time, as far
    /// as a double shows the fraction: what rounds to a whole second is that second.
    fn check_times(&self, profile: &Profile, now: UnixTime) -> Result<(), TokenFault> {
        let leeway = u64::from(profile.leeway_seconds);
        let at = self.expires.floor();
        if let (Some(maximum), Some(issued)) = (profile.maximum_lifetime_seconds, self.issued)
            && self.expires.ceil().since(issued.floor()) > u64::from(maximum)
        {
            return Err(TokenFault::LifetimeTooLong);
        }
        if now >= at.plus(leeway) {
            return Err(TokenFault::Expired { at });
        }
        let begins = [self.issued, self.not_before].into_iter().flatten();
        if begins
            .map(NumericDate::ceil)
            .any(|begin| begin > now.plus(leeway))
        {
            return Err(TokenFault::NotYetValid);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
