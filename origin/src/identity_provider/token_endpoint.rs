//! The token endpoint (RFC 6749, 3.2): a code, or a refresh token, for an access token.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use azat_edge::time::UnixTime;
use serde::Deserialize;

use super::deadline::Deadline;
use super::fault::ProviderFault;
use super::http::{self, NOT_UNDERSTOOD, PATIENCE};
use super::lane::Lane;
use super::provider::IdentityProvider;
use super::seconds::Seconds;
use crate::access_token::AccessToken;
use crate::secret::Secret;
use crate::session::Tokens;
use crate::subject::Subject;

/// The longest that an exchange takes from its beginning, whether somebody waits for it or not: it
/// is sent before its deadline, and then the provider may take its time, be it for the tokens or,
/// after them, for the keys that verify them.
pub const LONGEST_EXCHANGE: Duration = Deadline::BUDGET.saturating_add(PATIENCE);

/// What a client brings back from the provider after signing in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The authorization code (RFC 6749, 4.1.2). It can be used once.
    pub code: Secret,
    /// What only the client that asked for the code knows (RFC 7636, 4.1).
    pub code_verifier: Secret,
    /// Where the code was sent.
    pub redirect_uri: String,
}

/// What the provider grants (RFC 6749, 5.1).
#[derive(Debug)]
pub struct Granted {
    /// The access token.
    pub access_token: AccessToken,
    /// When it was asked for.
    pub obtained: UnixTime,
    /// How long it lives, in seconds.
    pub expires_in: u64,
    /// The scopes it is good for, as the provider has them.
    pub scope: String,
    /// Renews it. Without a new one the old one stays good.
    pub refresh_token: Option<Secret>,
    /// Says who signed in (OpenID Connect Core, 2).
    pub id_token: Option<Secret>,
}

impl Granted {
    /// The tokens of a session that begins with them.
    pub fn tokens(&self) -> Tokens {
        Tokens {
            access_token: self.access_token.clone(),
            obtained: self.obtained,
            expires: self.obtained.plus(self.expires_in),
            refresh_token: self.refresh_token.clone(),
            refused: None,
        }
    }
}

#[derive(Deserialize)]
struct TokenResponse {
    access_token: AccessToken,
    expires_in: Seconds,
    token_type: String,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    refresh_token: Option<Secret>,
    #[serde(default)]
    id_token: Option<Secret>,
}

impl IdentityProvider {
    /// Exchanges a code, and finds out who signed in.
    ///
    /// # Errors
    /// [`ProviderFault`]: `Refused` for a bad code, and for an ID token that is not for us or not
    /// there.
    pub async fn exchange(
        self: &Arc<Self>,
        sign_in: &SignIn,
        by: Deadline,
    ) -> Result<(Subject, Granted), ProviderFault> {
        // A code can be used once: what else may fail comes first, and leaves time for the answer.
        let sent_by = by.leaving(PATIENCE);
        self.have_keys(sent_by).await?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", sign_in.code.reveal()),
            ("code_verifier", sign_in.code_verifier.reveal()),
            ("redirect_uri", &sign_in.redirect_uri),
        ];
        let granted = self.grant(&form, &self.sign_ins, sent_by).await?;
        // The code is used up: the same again would help nobody.
        let no_id_token = ProviderFault::Refused("there is no ID token");
        let id_token = granted.id_token.as_ref().ok_or(no_id_token)?;
        // What came may come only once: it is not thrown away because it was late.
        let by = Deadline::after(PATIENCE);
        let subject = (self.verify_id_token(id_token, &granted.access_token, by)).await?;
        Ok((subject, granted))
    }

    /// Asks for a new access token.
    ///
    /// # Errors
    /// [`ProviderFault`]: `Refused` for a refresh token that is not good any more.
    pub async fn refresh(
        &self,
        refresh_token: &Secret,
        by: Deadline,
    ) -> Result<Granted, ProviderFault> {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token.reveal()),
        ];
        self.grant(&form, &self.refreshes, by).await
    }

    /// Sends a form before the deadline, or not at all; then waits for the answer as long as it
    /// takes.
    async fn grant(
        &self,
        form: &[(&str, &str)],
        lane: &Lane,
        sent_by: Deadline,
    ) -> Result<Granted, ProviderFault> {
        let _place = sent_by.wait(lane.enter()).await??;
        let client = [
            ("client_id", self.settings.client_id.as_str()),
            ("client_secret", self.settings.client_secret.reveal()),
        ];
        // Time passes until the answer is here: the token's lifetime is counted from before.
        let obtained = UnixTime::now();
        let request = self.http.post(&self.settings.token_endpoint);
        let answer = http::ask(request.form(&[form, &client].concat())).await?;
        // What is not `invalid_grant` is about us or will pass: it must not end a session.
        match answer.error().as_deref() {
            None if answer.status == StatusCode::OK => {}
            None => return Err(NOT_UNDERSTOOD),
            Some("invalid_grant") => return Err(ProviderFault::Refused("invalid_grant")),
            Some("invalid_client") => {
                return Err(ProviderFault::Unavailable("it does not accept our client"));
            }
            Some(_) => return Err(ProviderFault::Unavailable("it refuses the request")),
        }
        let granted: TokenResponse = answer.json()?;
        if !granted.token_type.eq_ignore_ascii_case("Bearer") {
            return Err(NOT_UNDERSTOOD);
        }
        Ok(Granted {
            access_token: granted.access_token,
            obtained,
            expires_in: granted.expires_in.0,
            scope: granted.scope.unwrap_or_default(),
            // An empty one must not take the place of a good one.
            refresh_token: (granted.refresh_token).filter(|token| !token.reveal().is_empty()),
            id_token: granted.id_token,
        })
    }
}
