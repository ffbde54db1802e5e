//! ID tokens (OpenID Connect Core, 2): who signed in, for which client.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::deadline::Deadline;
use super::fault::ProviderFault;
use super::provider::IdentityProvider;
use crate::access_token::AccessToken;
use crate::secret::Secret;
use crate::subject::Subject;

#[derive(Deserialize)]
struct Claims {
    sub: String,
    #[serde(default)]
    azp: Option<String>,
    #[serde(default)]
    at_hash: Option<String>,
}

impl IdentityProvider {
    /// Verifies an ID token that came together with `access_token`, and gives its subject
    /// (OpenID Connect Core, 3.1.3.7 and 3.1.3.8).
    ///
    /// # Errors
    /// [`ProviderFault`]: `Refused` for everything that is wrong with the token.
    pub async fn verify_id_token(
        self: &Arc<Self>,
        id_token: &Secret,
        access_token: &AccessToken,
        by: Deadline,
    ) -> Result<Subject, ProviderFault> {
        let header = decode_header(id_token.reveal())
            .map_err(|_| ProviderFault::Refused("the ID token is malformed"))?;
        let kid = header
            .kid
            .ok_or(ProviderFault::Refused("the ID token names no key"))?;
        let key = self.key(&kid, by).await?;
        let claims = decode::<Claims>(id_token.reveal(), &key, &self.rules())
            .map_err(|fault| ProviderFault::Refused(what_is_wrong(fault.kind())))?
            .claims;
        let authorized = (claims.azp.as_ref()).is_none_or(|azp| *azp == self.settings.client_id);
        if !authorized {
            return Err(ProviderFault::Refused("the ID token is another client's"));
        }
        let bound = (claims.at_hash).is_none_or(|hash| hash == at_hash(access_token));
        if !bound {
            let what = "the ID token came with another access token";
            return Err(ProviderFault::Refused(what));
        }
        self.subject(&claims.sub)
    }

    fn rules(&self) -> Validation {
        let issuer = self.settings.issuer.as_str();
        // Google writes its name without the scheme, too.
        let bare = issuer.strip_prefix("https://").unwrap_or(issuer);
        let mut rules = Validation::new(Algorithm::RS256);
        rules.set_issuer(&[issuer, bare]);
        rules.set_audience(&[&self.settings.client_id]);
        rules.set_required_spec_claims(&["iss", "sub", "aud", "exp"]);
        rules
    }
}

/// The left half of the hash, in base64url (OpenID Connect Core, 3.1.3.6).
fn at_hash(access_token: &AccessToken) -> String {
    let hash = Sha256::digest(access_token.reveal());
    let (left, _) = hash.split_at(hash.len() / 2);
    URL_SAFE_NO_PAD.encode(left)
}

fn what_is_wrong(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::ExpiredSignature => "the ID token has expired",
        ErrorKind::InvalidIssuer => "the ID token is another issuer's",
        ErrorKind::InvalidAudience => "the ID token is for another client",
        ErrorKind::InvalidSignature => "the ID token's signature does not verify",
        ErrorKind::InvalidAlgorithm => "the ID token is not signed with RS256",
        _ => "the ID token is malformed",
    }
}

#[cfg(test)]
mod tests;
