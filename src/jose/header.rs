//! The header of a token (RFC 7515, 4).

use azat_policy::Profile;

use super::TokenFault;
use super::json::{Json, Object};

/// The longest header that is read, in bytes.
const MAXIMUM_LENGTH: usize = 2 * 1024;

/// The parameters that are looked at. Others are ignored whatever their type; `jwk`, `jku`, `x5u`
/// and `x5c` are among them, so that no token brings its own key.
pub(super) struct Header {
    alg: String,
    pub(super) kid: Option<String>,
    typ: Option<String>,
}

impl Header {
    /// Reads a header.
    ///
    /// # Errors
    /// [`TokenFault::Malformed`], [`TokenFault::CriticalExtension`], [`TokenFault::Encrypted`],
    /// [`TokenFault::Nested`].
    pub(super) fn parse(text: &[u8]) -> Result<Self, TokenFault> {
        if text.len() > MAXIMUM_LENGTH {
            return Err(TokenFault::Malformed("the header is longer than 2 KiB"));
        }
        let members = Object::parse(text).map_err(TokenFault::Malformed)?;
        if members.get("crit").is_some() {
            return Err(TokenFault::CriticalExtension);
        }
        if members.get("enc").is_some() {
            return Err(TokenFault::Encrypted);
        }
        // Otherwise, the payload that is signed would not be the one that is read; no JWT has that
        // (RFC 7797).
        if !matches!(members.get("b64"), None | Some(Json::Bool(true))) {
            return Err(TokenFault::Malformed("expected no b64 but true"));
        }
        let text = |name, expected| {
            members
                .text(name)
                .map_err(|_| TokenFault::Malformed(expected))
        };
        // A token in a token (RFC 7519, 5.2).
        if text("cty", "expected cty as a string")?.is_some_and(|cty| is_media_type(cty, "JWT")) {
            return Err(TokenFault::Nested);
        }
        let alg = text("alg", "expected alg as a string")?
            .ok_or(TokenFault::Malformed("expected alg"))?;
        Ok(Self {
            alg: alg.to_owned(),
            kid: text("kid", "expected kid as a string")?.map(str::to_owned),
            typ: text("typ", "expected typ as a string")?.map(str::to_owned),
        })
    }

    /// Holds the header to the profile.
    ///
    /// # Errors
    /// [`TokenFault::TypeRefused`], [`TokenFault::AlgorithmRefused`].
    pub(super) fn check(&self, profile: &Profile) -> Result<(), TokenFault> {
        let is_of_type = match (&profile.typ, &self.typ) {
            (None, None) => true,
            (None, Some(own)) => is_media_type(own, "JWT"),
            (Some(expected), own) => own.as_ref().is_some_and(|own| is_media_type(own, expected)),
        };
        if !is_of_type {
            return Err(TokenFault::TypeRefused);
        }
        match self.names_algorithm_of(profile) {
            true => Ok(()),
            false => Err(TokenFault::AlgorithmRefused),
        }
    }

    /// Whether `alg` is the profile's algorithm.
    pub(super) fn names_algorithm_of(&self, profile: &Profile) -> bool {
        self.alg == profile.algorithm.as_str()
    }
}

/// Whether two texts name one media type: in upper or lower case, with `application/` or without
/// (RFC 7515, 4.1.9).
fn is_media_type(text: &str, expected: &str) -> bool {
    bare(text).eq_ignore_ascii_case(bare(expected))
}

fn bare(media_type: &str) -> &str {
    match media_type.split_at_checked("application/".len()) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case("application/") => rest,
        _ => media_type,
    }
}
