//! The compact serialisation: three base64url segments with dots between them (RFC 7515, 7.1).

use azat_policy::Profile;

use super::header::Header;
use super::json::Object;
use super::jwk::PublishedKey;
use super::{Authentic, KeySet, Keys, TokenFault, base64url};

/// The longest token that is looked at, in bytes. Azul's have about 700.
const MAXIMUM_LENGTH: usize = 8 * 1024;

/// A token whose form is right. Nothing in it is believed yet.
pub struct Compact<'t> {
    token: &'t str,
    signing_input: &'t str,
    header: Header,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

impl<'t> Compact<'t> {
    /// Splits and decodes a token.
    ///
    /// # Errors
    /// [`TokenFault::Malformed`], [`TokenFault::CriticalExtension`], [`TokenFault::Encrypted`],
    /// [`TokenFault::Nested`].
    pub fn parse(token: &'t str) -> Result<Self, TokenFault> {
        if token.len() > MAXIMUM_LENGTH {
            return Err(TokenFault::Malformed("longer than 8 KiB"));
        }
        let (signing_input, [header, payload, signature]) = split(token)?;
        let decode =
            |segment| base64url::decode(segment).ok_or(TokenFault::Malformed("expected base64url"));
        Ok(Self {
            token,
            signing_input,
            header: Header::parse(&decode(header)?)?,
            payload: decode(payload)?,
            signature: decode(signature)?,
        })
    }

    /// Checks header and signature.
    ///
    /// # Errors
    /// [`TokenFault::TypeRefused`], [`TokenFault::AlgorithmRefused`], [`TokenFault::KeyUnknown`],
    /// [`TokenFault::SignatureInvalid`], and [`TokenFault::ClaimsMalformed`] for a payload that is
    /// not a set of claims.
    pub fn authenticate(self, profile: &Profile, keys: Keys<'_>) -> Result<Authentic, TokenFault> {
        match keys {
            Keys::Published(set) => {
                self.signer(self.candidates(profile, set)?)?;
            }
            Keys::Symmetric(secret) => {
                self.header.check(profile)?;
                if secret.algorithm() != profile.algorithm {
                    return Err(TokenFault::KeyUnknown);
                }
                secret
                    .verify(self.signing_input.as_bytes(), &self.signature)
                    .map_err(|_| TokenFault::SignatureInvalid)?;
            }
        }
        self.claims()
    }

    /// Whether the token says that it is of the profile's algorithm. To choose a profile by;
    /// nothing is believed yet.
    pub fn names_algorithm_of(&self, profile: &Profile) -> bool {
        self.header.names_algorithm_of(profile)
    }

    /// Whether the token says that it is of the profile's issuer, or of none where it has none. To
    /// choose a profile by; nothing is believed yet.
    pub fn names_issuer_of(&self, profile: &Profile) -> bool {
        let claims = Object::parse(&self.payload).ok();
        let issuer = claims.as_ref().and_then(|claims| claims.text("iss").ok()?);
        issuer == profile.issuer.as_deref()
    }

    /// The whole token.
    pub(super) fn token(&self) -> &'t str {
        self.token
    }

    /// The keys that may have signed this token: none of them has been tried yet.
    pub(super) fn candidates<'k>(
        &self,
        profile: &Profile,
        set: &'k KeySet,
    ) -> Result<impl Iterator<Item = &'k PublishedKey> + Clone, TokenFault> {
        self.header.check(profile)?;
        let kid = self.header.kid.as_deref();
        let mut candidates = set
            .candidates(profile.algorithm, kid, profile.without_kid)
            .peekable();
        match candidates.peek() {
            Some(_) => Ok(candidates),
            None => Err(TokenFault::KeyUnknown),
        }
    }

    /// Which of these keys signed this token.
    pub(super) fn signer<'k>(
        &self,
        mut candidates: impl Iterator<Item = &'k PublishedKey>,
    ) -> Result<&'k PublishedKey, TokenFault> {
        let message = self.signing_input.as_bytes();
        candidates
            .find(|key| key.verify(message, &self.signature).is_ok())
            .ok_or(TokenFault::SignatureInvalid)
    }

    /// The claims of this token, once its signature is known to be good.
    pub(super) fn claims(&self) -> Result<Authentic, TokenFault> {
        Authentic::from_payload(&self.payload)
    }
}

/// What is signed, and the three segments.
fn split(token: &str) -> Result<(&str, [&str; 3]), TokenFault> {
    const OTHER_COUNT: TokenFault = TokenFault::Malformed("expected three segments");
    let (signing_input, signature) = token.rsplit_once('.').ok_or(OTHER_COUNT)?;
    let (header, payload) = signing_input.split_once('.').ok_or(OTHER_COUNT)?;
    match payload.bytes().filter(|byte| *byte == b'.').count() {
        0 => Ok((signing_input, [header, payload, signature])),
        // Five segments (RFC 7516, 7.1).
        2 => Err(TokenFault::Encrypted),
        _ => Err(OTHER_COUNT),
    }
}

#[cfg(test)]
mod tests;
