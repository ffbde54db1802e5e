//! A call that the edge made for the bearer of an AZAT.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use azat_edge::time::UnixTime;

use super::signed_call::SignedCall;
use crate::service::azat_bearer::AzatBearer;
use crate::service::origin::Origin;
use crate::service::refusal::Refusal;

/// Proof that the edge signed the call and that the origin believes its AZAT. A handler that takes
/// one cannot be reached without it.
pub(super) struct EdgeCall {
    /// Whom the call was made for.
    pub(super) bearer: AzatBearer,
    /// When that was found out.
    pub(super) now: UnixTime,
}

impl FromRequestParts<Arc<Origin>> for EdgeCall {
    type Rejection = Refusal;

    async fn from_request_parts(
        parts: &mut Parts,
        origin: &Arc<Origin>,
    ) -> Result<Self, Self::Rejection> {
        let SignedCall { token, now } = SignedCall::from_request_parts(parts, origin).await?;
        let bearer = (origin.clone())
            .blocking(move |origin| origin.azat_bearer(&token, now))
            .await?;
        Ok(Self { bearer, now })
    }
}
