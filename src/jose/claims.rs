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

/// The number that a `jti` spells, if it spells one in the one way.
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
    /// [`TokenFault::ClaimsMalformed`], [`TokenFault::IssuerRefused`], [`TokenFault::SubjectRefused`],
    /// [`TokenFault::AudienceRefused`], [`TokenFault::PossessionUnproven`], [`TokenFault::LifetimeTooLong`],
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

    /// Dates with a fraction are taken in the sense that makes the token good for less time, as far as a double
    /// tells the fraction: what rounds to a whole second is that second.
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
mod tests {
    use azat_policy::{Algorithm, JtiRule, Profile};
    use serde_json::{Value, json};

    use super::{Authentic, Verified};
    use crate::jose::TokenFault;
    use crate::time::UnixTime;

    const NOW: u64 = 1_800_000_000;
    const DAY: u64 = 86_400;

    fn profile() -> Profile {
        Profile {
            issuer: Some("https://azul.example".into()),
            maximum_lifetime_seconds: Some(7 * 86_400),
            leeway_seconds: 60,
            ..Profile::of(Algorithm::RS256)
        }
    }

    fn claims() -> Value {
        json!({"iss": "https://azul.example", "sub": "google#1", "iat": NOW, "exp": NOW + DAY})
    }

    /// The outcome for good claims with `changes` made: `remove` removes a member.
    fn verify(profile: &Profile, changes: Value) -> Result<Verified, TokenFault> {
        let mut claims = claims();
        let members = claims.as_object_mut().unwrap();
        for (name, value) in changes.as_object().unwrap() {
            match value.as_str() {
                Some("remove") => members.remove(name),
                _ => members.insert(name.clone(), value.clone()),
            };
        }
        Authentic::from_payload(claims.to_string().as_bytes())?
            .verify(profile, UnixTime::from_seconds(NOW))
    }

    fn outcome(changes: Value) -> Result<String, TokenFault> {
        verify(&profile(), changes).map(|verified| verified.subject)
    }

    #[test]
    fn good_claims_are_believed() {
        assert_eq!(outcome(json!({})), Ok("google#1".into()));
        let unknown = json!({"unknown": [{"sub": 1}], "exp": NOW as f64 + 0.5});
        assert_eq!(outcome(unknown), Ok("google#1".into()));
    }

    #[test]
    fn every_claim_is_typed() {
        let malformed = |changes: Value| {
            let outcome = outcome(changes.clone());
            let malformed = matches!(outcome, Err(TokenFault::ClaimsMalformed(_)));
            assert!(malformed, "{changes}: {outcome:?}");
        };
        for name in ["sub", "exp", "iat"] {
            malformed(json!({ name: "remove" }));
        }
        for name in ["iss", "sub", "exp", "iat", "nbf", "jti", "aud"] {
            for value in [json!(null), json!([1]), json!({}), json!(true)] {
                malformed(json!({ name: value }));
            }
        }
        for name in ["exp", "iat", "nbf"] {
            for value in [json!("1900000000"), json!(-1), json!(-0.5), json!(1e300)] {
                malformed(json!({ name: value }));
            }
        }
        malformed(json!({"sub": ""}));
        malformed(json!({"jti": 1}));
        malformed(json!({"aud": [["a"]]}));
    }

    #[test]
    fn no_member_is_there_twice() {
        let payload = r#"{"sub":"a","exp":1,"sub":"b"}"#;
        let expected = "expected objects of at most 64 members, each only once";
        assert_eq!(
            Authentic::from_payload(payload.as_bytes()).err(),
            Some(TokenFault::ClaimsMalformed(expected))
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
    fn a_profile_without_issuer_takes_no_issuer() {
        let anonymous = Profile {
            issuer: None,
            ..profile()
        };
        let outcome = |iss| verify(&anonymous, json!({ "iss": iss }));
        assert_eq!(outcome("remove").unwrap().issuer, "");
        assert_eq!(outcome("").err(), Some(TokenFault::IssuerRefused));
        assert_eq!(
            outcome("https://azul.example").err(),
            Some(TokenFault::IssuerRefused)
        );
    }

    #[test]
    fn a_subject_goes_on_after_the_profiles_prefix() {
        let prefixed = Profile {
            subject_prefix: Some("#".into()),
            ..profile()
        };
        let outcome =
            |sub| verify(&prefixed, json!({ "sub": sub })).map(|verified| verified.subject);
        assert_eq!(outcome("#1"), Ok("#1".into()));
        for sub in ["#", "1", "google#1", " #1"] {
            assert_eq!(outcome(sub), Err(TokenFault::SubjectRefused), "{sub:?}");
        }
    }

    #[test]
    fn a_token_is_for_the_profiles_audience_or_for_nobody_in_particular() {
        let addressed = Profile {
            audience: Some("edge".into()),
            ..profile()
        };
        let refused = Some(TokenFault::AudienceRefused);
        for aud in [json!("edge"), json!(["edge"]), json!(["other", "edge"])] {
            assert_eq!(
                verify(&addressed, json!({ "aud": aud })).err(),
                None,
                "{aud}"
            );
            assert_eq!(outcome(json!({ "aud": aud })).err(), refused, "{aud}");
        }
        for aud in [
            json!("remove"),
            json!([]),
            json!("Edge"),
            json!("edge2"),
            json!(["edg", "e"]),
        ] {
            assert_eq!(
                verify(&addressed, json!({ "aud": aud })).err(),
                refused,
                "{aud}"
            );
        }
        assert_eq!(outcome(json!({"aud": []})).err(), refused);
    }

    #[test]
    fn a_token_bound_to_a_key_is_not_a_bearer_token() {
        for cnf in [json!({"jkt": "x"}), json!({}), json!(null)] {
            assert_eq!(
                outcome(json!({ "cnf": cnf })),
                Err(TokenFault::PossessionUnproven)
            );
        }
    }

    #[test]
    fn a_fraction_shortens_a_tokens_life() {
        let of = |changes| outcome(changes).err();
        let ended = NOW as f64 - 60.0;
        assert!(matches!(
            of(json!({"iat": NOW - DAY, "exp": ended + 0.5})),
            Some(TokenFault::Expired { .. })
        ));
        let begins = NOW as f64 + 60.0;
        assert_eq!(of(json!({ "nbf": begins })), None);
        assert_eq!(
            of(json!({"nbf": begins + 0.5})),
            Some(TokenFault::NotYetValid)
        );
        assert_eq!(
            of(json!({"iat": begins + 0.5})),
            Some(TokenFault::NotYetValid)
        );
        let week = (NOW + 7 * DAY) as f64;
        assert_eq!(
            of(json!({"exp": week + 0.5})),
            Some(TokenFault::LifetimeTooLong)
        );
    }

    #[test]
    fn a_token_without_iat_is_as_old_as_can_be() {
        let lasting = Profile {
            maximum_lifetime_seconds: None,
            ..profile()
        };
        let verified = verify(&lasting, json!({"iat": "remove", "exp": NOW + 1000 * DAY}));
        assert_eq!(verified.unwrap().issued_at, UnixTime::from_seconds(0));
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
        let counter =
            |jti| verify(&profile(), json!({ "jti": jti })).map(|verified| verified.counter);
        let counting = Profile {
            jti: Some(JtiRule::Counter),
            ..profile()
        };
        let must_count =
            |jti| verify(&counting, json!({ "jti": jti })).map(|verified| verified.counter);
        let uncounted = Err(TokenFault::ClaimsMalformed("expected jti as a counter"));
        assert_eq!(must_count("7"), Ok(Some(7)));
        assert_eq!(must_count("remove"), uncounted);
        assert_eq!(counter("0"), Ok(Some(0)));
        assert_eq!(counter("18446744073709551615"), Ok(Some(u64::MAX)));
        for jti in ["", "01", "+1", "-1", "1.0", "a", "18446744073709551616"] {
            assert_eq!(counter(jti), Ok(None), "{jti:?}");
            assert_eq!(must_count(jti), uncounted, "{jti:?}");
        }
    }
}
