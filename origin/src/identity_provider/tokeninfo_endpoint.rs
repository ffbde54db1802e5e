//! Google's tokeninfo endpoint: whose access token is this, and which client's?

use std::sync::Arc;

use axum::http::StatusCode;
use azat_edge::jose::{Compact, TokenFault};
use azat_edge::time::UnixTime;
use serde::Deserialize;

use super::deadline::Deadline;
use super::fault::ProviderFault;
use super::http::{self, NOT_UNDERSTOOD};
use super::provider::{IdentityProvider, NO_SUBJECT};
use super::seconds::Seconds;
use super::token_info::{self, TokenInfo};
use crate::access_token::AccessToken;

/// Google's answer: all strings, and no `iss`. Without the scope `openid` there is no `sub`.
#[derive(Deserialize)]
struct TokenInfoResponse {
    aud: String,
    #[serde(default)]
    azp: Option<String>,
    #[serde(default)]
    sub: Option<String>,
    expires_in: Seconds,
}

impl IdentityProvider {
    /// Asks about an access token, once for all who bring it at the same time. What is wrong with
    /// it is not distinguished.
    ///
    /// # Errors
    /// [`ProviderFault`]: `Refused` for a token that has ended, that another client was given, or
    /// that names nobody, and for a JWT, which is somebody else's.
    pub async fn token_info(
        self: &Arc<Self>,
        token: &AccessToken,
        by: Deadline,
    ) -> Result<TokenInfo, ProviderFault> {
        // The provider is asked in a URL: no place for another instance's AZAT or an ID token.
        if !matches!(
            Compact::parse(token.reveal()),
            Err(TokenFault::Malformed(_))
        ) {
            return Err(ProviderFault::Refused("a JWT"));
        }
        if let Some(info) = self.token_infos.get(token) {
            return Ok(info);
        }
        let (provider, owned) = (Arc::clone(self), token.clone());
        let question = async move { provider.ask_about(&owned).await };
        let asked = (self.token_info_questions).ask(token_info::hash(token), question);
        by.wait(asked.outcome()).await?
    }

    async fn ask_about(&self, token: &AccessToken) -> Result<TokenInfo, ProviderFault> {
        let _place = self.inspections.enter().await?;
        let now = UnixTime::now();
        let request = self.http.get(&self.settings.tokeninfo_endpoint);
        let answer = http::ask(request.query(&[("access_token", token.reveal())])).await?;
        match (answer.status, answer.error().as_deref()) {
            (StatusCode::OK, None) => {}
            (StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED, _)
            | (StatusCode::OK, Some("invalid_token")) => return Err(NOT_LIVE),
            _ => return Err(NOT_UNDERSTOOD),
        }
        let response: TokenInfoResponse = answer.json()?;
        let ours = |client: &str| client == self.settings.client_id;
        if !(ours(&response.aud) && response.azp.as_deref().is_none_or(ours)) {
            return Err(ProviderFault::Refused("another client's access token"));
        }
        let Seconds(seconds) = response.expires_in;
        if seconds == 0 {
            return Err(NOT_LIVE);
        }
        let info = TokenInfo {
            subject: self.subject(&response.sub.ok_or(NO_SUBJECT)?)?,
            expires: now.plus(seconds),
        };
        self.token_infos.put(token, info.clone(), seconds);
        Ok(info)
    }
}

/// Of a token that is unknown, or has ended.
pub(super) const NOT_LIVE: ProviderFault = ProviderFault::Refused("not a live access token");
