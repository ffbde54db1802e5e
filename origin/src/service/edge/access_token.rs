//! `POST /edge/access-token` and `POST /edge/refresh?version=…`: the access token of an AZAT's
//! bearer.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use azat_edge::contract::{AccessTokenDocument, Subject};
use azat_edge::time::UnixTime;
use serde::Deserialize;

use super::call::EdgeCall;
use crate::service::azat_bearer::AzatBearer;
use crate::service::no_store::NO_STORE;
use crate::service::origin::Origin;
use crate::service::refusal::Refusal;
use crate::session::LiveSession;

/// For how long the edge uses a token that is due, before it asks again, in seconds.
const UNRENEWED_SECONDS: u64 = 2;

#[derive(Deserialize)]
pub(super) struct RefreshQuery {
    /// The version of the access token that was refused.
    version: u64,
}

pub(super) async fn answer(
    call: EdgeCall,
    State(origin): State<Arc<Origin>>,
) -> Result<Response, Refusal> {
    answer_about(call.bearer, None, origin).await
}

pub(super) async fn answer_refresh(
    call: EdgeCall,
    State(origin): State<Arc<Origin>>,
    query: Result<Query<RefreshQuery>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(RefreshQuery { version }) = query.map_err(|_| Refusal::RequestMalformed)?;
    answer_about(call.bearer, Some(version), origin).await
}

/// Answers with the bearer's access token: a newer one than that of `refused`, if there is one to
/// be had.
async fn answer_about(
    bearer: AzatBearer,
    refused: Option<u64>,
    origin: Arc<Origin>,
) -> Result<Response, Refusal> {
    let AzatBearer {
        issuer, subject, ..
    } = bearer;
    let session = origin.fresh_session(subject.clone(), refused).await?;
    let subject: String = subject.into();
    let of = Subject {
        issuer: &issuer,
        subject: &subject,
    };
    Ok(document(of, session))
}

fn document(of: Subject<'_>, LiveSession { version, tokens }: LiveSession) -> Response {
    // One that is due and could not be renewed is not asked for again with every file.
    let in_a_moment = UnixTime::now().plus(UNRENEWED_SECONDS);
    let use_until = tokens.due().max(in_a_moment).min(tokens.expires);
    let token = tokens.access_token.reveal();
    let document = AccessTokenDocument::new(of, token, use_until, tokens.expires, version);
    ([NO_STORE], Json(document)).into_response()
}
