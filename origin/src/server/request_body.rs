//! Reading a request's body before anybody looks at the request.

use axum::body::{Body, Bytes};
use axum::http::Request;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use tokio::time::timeout;

use super::limits::Limits;

/// Why a request is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Incomplete {
    /// Its body is longer than [`Limits::body_length`].
    #[error("the body is too long")]
    TooLong,
    /// Its body takes longer than [`Limits::body`].
    #[error("the body does not arrive in time")]
    TooSlow,
    /// Its body breaks off, or is no body.
    #[error("the body breaks off")]
    Broken,
}

/// The whole request; or, without a body, what there is of it, and in its extensions why.
pub(super) async fn read(request: Request<Incoming>, limits: &Limits) -> Request<Body> {
    let (mut head, body) = request.into_parts();
    let body = match whole(body, limits).await {
        Ok(body) => Body::from(body),
        Err(incomplete) => {
            head.extensions.insert(incomplete);
            Body::empty()
        }
    };
    Request::from_parts(head, body)
}

async fn whole(body: Incoming, limits: &Limits) -> Result<Bytes, Incomplete> {
    // Who asks whether to send so much (RFC 9110, 10.1.1) is answered before it is sent.
    if body.size_hint().lower() > limits.body_length as u64 {
        return Err(Incomplete::TooLong);
    }
    match timeout(
        limits.body,
        Limited::new(body, limits.body_length).collect(),
    )
    .await
    {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(fault)) if fault.is::<LengthLimitError>() => Err(Incomplete::TooLong),
        Ok(Err(_)) => Err(Incomplete::Broken),
        Err(_) => Err(Incomplete::TooSlow),
    }
}
