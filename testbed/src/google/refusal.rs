//! How Google says no.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::error::Error;

/// Of an authorization code that is unknown, used or too old.
pub(super) const BAD_CODE: &str = "Malformed auth code.";
/// Of a code that was sent to another address.
pub(super) const BAD_REDIRECT_URI: &str = "Bad Request";
/// Of a code that comes with another verifier.
pub(super) const BAD_VERIFIER: &str = "Invalid code verifier.";
/// Of a refresh token that is unknown or ended.
pub(super) const BAD_REFRESH_TOKEN: &str = "Token has been expired or revoked.";

/// An answer that is an error (RFC 6749, 5.2).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    status: StatusCode,
    error: &'static str,
    description: String,
}

impl Refusal {
    /// The request itself is wrong.
    pub(super) fn invalid_request(description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", description)
    }

    /// The client is not who it says.
    pub(super) fn invalid_client(description: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", description)
    }

    /// The code or refresh token is bad.
    pub(super) fn invalid_grant(description: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_grant", description)
    }

    /// The access token that was asked about is bad.
    pub(super) fn invalid_token() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_token", "Invalid Value")
    }

    /// The access token of the request itself is bad.
    pub(super) fn unauthenticated() -> Self {
        let description = "Invalid Credentials";
        Self::new(StatusCode::UNAUTHORIZED, "invalid_request", description)
    }

    /// Something is wrong with the stand-in itself.
    pub(super) fn broken(error: &Error) -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self::new(status, "internal_failure", error.to_string())
    }

    fn new(status: StatusCode, error: &'static str, description: impl Into<String>) -> Self {
        Self {
            status,
            error,
            description: description.into(),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({"error": self.error, "error_description": self.description});
        (self.status, Json(body)).into_response()
    }
}
