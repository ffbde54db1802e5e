//! `GET /user/token`: an access token for an AZAT.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use azat_edge::time::UnixTime;
use serde_json::json;

use super::caller::Caller;
use crate::service::refusal::Refusal;
use crate::service::{NO_STORE, Origin};
use crate::subject::Subject;
use crate::token::{Azat, Lifetime};

pub(super) async fn answer(
    caller: Caller,
    State(origin): State<Arc<Origin>>,
) -> Result<Response, Refusal> {
    origin.live_session(&caller.subject)?;
    let azat = origin.mint(caller.subject).await?;
    let token = json!({ "token": azat.as_str() });
    Ok(([NO_STORE], Json(token)).into_response())
}

impl Origin {
    /// Mints an AZAT of the longest lifetime, for who is signed in.
    pub(in crate::service) async fn mint(
        self: Arc<Self>,
        subject: Subject,
    ) -> Result<Azat, Refusal> {
        self.blocking(move |origin| {
            let (key, issuer) = (&origin.signing_key, &origin.base_url);
            let (lifetime, now) = (Lifetime::MAXIMUM, UnixTime::now());
            let jti =
                (origin.store.count_azat_of_session(&subject)?).ok_or(Refusal::SessionMissing)?;
            Ok(Azat::mint(key, issuer, &subject, jti, lifetime, now)?)
        })
        .await
    }
}
