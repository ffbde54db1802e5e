//! Refusing what the server has not received whole.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::refusal::Refusal;
use crate::server::Incomplete;

/// Lets whole requests pass.
pub(super) async fn refuse(request: Request, next: Next) -> Response {
    match request.extensions().get::<Incomplete>() {
        Some(incomplete) => Refusal::from(*incomplete).into_response(),
        None => next.run(request).await,
    }
}
