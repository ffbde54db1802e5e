//! `POST /edge/entitlements`: what the bearer of an AZAT may read.

use axum::Json;
use axum::response::{IntoResponse, Response};
use azat_edge::contract::Entitlement;

use super::call::EdgeCall;
use crate::service::azat_bearer::AzatBearer;
use crate::service::no_store::NO_STORE;

/// How long the answer may be used without asking again, in seconds. As in Azul, a right that is
/// withdrawn is gone a minute later.
const FRESH_SECONDS: u64 = 60;
/// How long after that, while this service cannot be reached.
const STALE_SECONDS: u64 = 300;

pub(super) async fn answer(call: EdgeCall) -> Response {
    let AzatBearer {
        issuer,
        subject,
        standing,
    } = call.bearer;
    let fresh_until = call.now.plus(FRESH_SECONDS);
    let entitlement = Entitlement {
        issuer,
        subject: subject.into(),
        jti_window: standing.window.bounds(),
        not_before: standing.window.not_before(),
        revision: standing.revision(),
        sources: standing.user.row.sources.iter().collect(),
        fresh_until,
        stale_until: fresh_until.plus(STALE_SECONDS),
    };
    ([NO_STORE], Json(entitlement)).into_response()
}
