//! A user who calls with an access token of the identity provider.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use crate::access_token::AccessToken;
use crate::identity_provider::Deadline;
use crate::service::bearer;
use crate::service::origin::Origin;
use crate::service::refusal::Refusal;
use crate::subject::Subject;

/// Proof that the provider knows the caller's access token as one of ours. As an option it is
/// `None` for a caller without a credential; a bad one is refused all the same.
pub(in crate::service) struct Caller {
    /// The token.
    pub(in crate::service) access_token: AccessToken,
    /// Whose it is.
    pub(in crate::service) subject: Subject,
}

impl FromRequestParts<Arc<Origin>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(
        parts: &mut Parts,
        origin: &Arc<Origin>,
    ) -> Result<Self, Self::Rejection> {
        let mut fields = parts.headers.get_all(AUTHORIZATION).iter();
        let (Some(field), None) = (fields.next(), fields.next()) else {
            return Err(Refusal::TokenMissing);
        };
        let token = (field.to_str().ok())
            .and_then(bearer::token)
            .ok_or(Refusal::TokenMissing)?;
        if origin.is_azat(token) {
            return Err(Refusal::TokenNotExchangeable);
        }
        let access_token = AccessToken::try_from(token.to_owned())?;
        let provider = origin.provider()?;
        let info = (provider
            .token_info(&access_token, Deadline::of_an_act())
            .await)
            .map_err(Refusal::of_access_token)?;
        Ok(Self {
            access_token,
            subject: info.subject,
        })
    }
}

impl OptionalFromRequestParts<Arc<Origin>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(
        parts: &mut Parts,
        origin: &Arc<Origin>,
    ) -> Result<Option<Self>, Self::Rejection> {
        if !parts.headers.contains_key(AUTHORIZATION) {
            return Ok(None);
        }
        let caller = <Self as FromRequestParts<_>>::from_request_parts(parts, origin).await?;
        Ok(Some(caller))
    }
}
