//! Refusing what would take too long to answer.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tokio::time::timeout;

use super::refusal::Refusal;

/// How long an answer takes to begin: the calls of a sign-in fit. The whole answer may take longer.
const PATIENCE: Duration = Duration::from_secs(15);

/// Answers in place of a handler that does not. What it has begun elsewhere goes on.
pub(super) async fn refuse(request: Request, next: Next) -> Response {
    (timeout(PATIENCE, next.run(request)).await)
        .unwrap_or_else(|_| Refusal::Overdue.into_response())
}

#[cfg(test)]
mod tests;
