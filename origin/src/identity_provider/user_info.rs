//! The UserInfo endpoint (OpenID Connect Core, 5.3).

use std::sync::Arc;

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::deadline::Deadline;
use super::fault::ProviderFault;
use super::http::{self, NOT_UNDERSTOOD};
use super::provider::{IdentityProvider, NO_SUBJECT};
use super::tokeninfo_endpoint::NOT_LIVE;
use crate::access_token::AccessToken;

/// Who bears an access token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserInfo {
    /// The identity provider.
    pub issuer: String,
    /// Its name for the user.
    pub subject: String,
    /// The user's address, when the token's scopes include it.
    pub email: Option<String>,
}

#[derive(Deserialize)]
struct UserInfoResponse {
    #[serde(default)]
    sub: Option<String>,
    #[serde(default)]
    email: Option<String>,
}

impl IdentityProvider {
    /// Asks who bears an access token of ours. UserInfo does not say which client's it is, so that
    /// is asked first: another client's token must not speak for its user here.
    ///
    /// # Errors
    /// [`ProviderFault`]: `Refused` for a token that has ended, that another client was given, or
    /// that names nobody.
    pub async fn user_info(
        self: &Arc<Self>,
        token: &AccessToken,
        by: Deadline,
    ) -> Result<UserInfo, ProviderFault> {
        let info = self.token_info(token, by).await?;
        let request = self.http.get(&self.settings.userinfo_endpoint);
        let asking = async {
            let _place = self.inspections.enter().await?;
            http::ask(request.bearer_auth(token.reveal())).await
        };
        let answer = by.wait(asking).await??;
        match (answer.status, answer.error().as_deref()) {
            (StatusCode::OK, None) => {}
            (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN, _)
            | (StatusCode::OK, Some("invalid_token")) => return Err(NOT_LIVE),
            _ => return Err(NOT_UNDERSTOOD),
        }
        let UserInfoResponse { sub, email } = answer.json()?;
        let sub = sub.ok_or(NO_SUBJECT)?;
        if self.subject(&sub)? != info.subject {
            return Err(ProviderFault::Unavailable("its endpoints name two users"));
        }
        Ok(UserInfo {
            issuer: self.settings.issuer.clone(),
            subject: sub,
            email,
        })
    }
}
