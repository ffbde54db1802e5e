//! `POST /edge/entitlements`: what the bearer of an AZAT may read.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use azat_edge::repository::Entitlement;

use super::edge_call::EdgeCall;
use super::refusal::Refusal;
use super::{NO_STORE, Origin};
use crate::subject::Subject;

/// How long the answer may be used without asking again, in seconds. As in Azul, a right that is
/// withdrawn is gone a minute later.
const FRESH_SECONDS: u64 = 60;
/// How long after that, while this service cannot be reached.
const STALE_SECONDS: u64 = 300;

pub(super) async fn answer(
    call: EdgeCall,
    State(origin): State<Arc<Origin>>,
) -> Result<Response, Refusal> {
    let subject: Subject = (call.azat.subject.parse()).map_err(|_| Refusal::SessionMissing)?;
    let user = origin
        .store
        .user(&subject)?
        .ok_or(Refusal::SessionMissing)?;
    let fresh_until = call.now.plus(FRESH_SECONDS);
    let entitlement = Entitlement {
        issuer: call.azat.issuer,
        subject: call.azat.subject,
        sources: user.row.sources,
        revision: user.revision,
        fresh_until,
        stale_until: fresh_until.plus(STALE_SECONDS),
    };
    Ok(([NO_STORE], Json(entitlement)).into_response())
}
