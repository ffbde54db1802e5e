//! A call that the edge made.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, header};
use azat_edge::contract::signature::{
    self, CallFault, SIGNATURE, SIGNATURE_INPUT, SignatureFields, SignedParts,
};
use azat_edge::time::UnixTime;

use crate::service::bearer;
use crate::service::origin::Origin;
use crate::service::refusal::Refusal;

/// Proof that the edge signed the call. Whom it was made for is not known yet.
pub(super) struct SignedCall {
    /// The Bearer token that the call carries.
    pub(super) token: String,
    /// When the signature was verified.
    pub(super) now: UnixTime,
}

impl FromRequestParts<Arc<Origin>> for SignedCall {
    type Rejection = Refusal;

    async fn from_request_parts(
        parts: &mut Parts,
        origin: &Arc<Origin>,
    ) -> Result<Self, Self::Rejection> {
        let now = UnixTime::now();
        let authorization = only(&parts.headers, header::AUTHORIZATION)?;
        origin.verify_signature(parts, authorization, now)?;
        let token = bearer::token(authorization).ok_or(Refusal::TokenMissing)?;
        Ok(Self {
            token: token.to_owned(),
            now,
        })
    }
}

impl Origin {
    fn verify_signature(
        &self,
        parts: &Parts,
        authorization: &str,
        now: UnixTime,
    ) -> Result<(), CallFault> {
        let fields = SignatureFields {
            signature_input: only(&parts.headers, SIGNATURE_INPUT)?.to_owned(),
            signature: only(&parts.headers, SIGNATURE)?.to_owned(),
        };
        // Path and query as they were sent: what is signed is what is answered.
        let signed = SignedParts {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query: parts.uri.query(),
            authorization,
        };
        signature::verify(&self.secrets, signed, &fields, now)
    }
}

/// The value of a field that must be there exactly once: with two, somebody else might read the
/// other.
fn only(headers: &HeaderMap, name: HeaderName) -> Result<&str, CallFault> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().map_err(|_| CallFault::Unsigned),
        _ => Err(CallFault::Unsigned),
    }
}
