//! Answers: what the client gets.

use http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Response};
use serde::Serialize;

use crate::denial::{Challenge, Denial, Face};

/// The body of an answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Body<B> {
    /// None.
    Empty,
    /// Made at the edge.
    Text(String),
    /// An upstream's, handed over without a look.
    Upstream(B),
}

const PROXY_STATUS: HeaderName = HeaderName::from_static("proxy-status");

/// The name under which the edge speaks in `Proxy-Status`.
const PROXY_NAME: &str = "azat-edge";

/// The protection space of all challenges (RFC 9110, 11.5).
const REALM: &str = "files";

/// A problem document (RFC 9457), with the reason code as an extension member.
#[derive(Serialize)]
struct Problem<'f> {
    r#type: String,
    title: &'f str,
    status: u16,
    detail: &'f str,
    reason: &'f str,
}

/// The answer to a denied request.
pub fn denied<B>(denial: &Denial) -> Response<Body<B>> {
    let face = denial.face();
    let mut response = Response::new(Body::Text(problem(&face)));
    *response.status_mut() = face.status;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let proxy_status = format!(
        "{PROXY_NAME}; error={}; details=\"{}\"",
        face.proxy_error, face.code
    );
    insert(headers, PROXY_STATUS, &proxy_status);
    if let Some(challenge) = challenge(&face) {
        insert(headers, WWW_AUTHENTICATE, &challenge);
    }
    if let Some(seconds) = face.retry_after {
        headers.insert(RETRY_AFTER, seconds.into());
    }
    if let Denial::MethodNotAllowed { allowed } = denial {
        let allowed: Vec<&str> = allowed.iter().map(|method| method.as_str()).collect();
        insert(headers, ALLOW, &allowed.join(", "));
    }
    response
}

fn problem(face: &Face) -> String {
    let problem = Problem {
        r#type: format!("urn:problem-type:azat-edge:{}", face.code),
        title: face.title,
        status: face.status.as_u16(),
        detail: &face.detail,
        reason: face.code,
    };
    // Strings and a number: none of serde_json's failures can occur.
    serde_json::to_string(&problem).unwrap_or_default()
}

/// The challenge (RFC 6750, 3). `curl --fail` hides bodies, so it repeats code and advice.
fn challenge(face: &Face) -> Option<String> {
    let error = match face.challenge {
        Challenge::None => return None,
        Challenge::Bare => return Some(format!("Bearer realm=\"{REALM}\"")),
        Challenge::InvalidRequest => "invalid_request",
        Challenge::InvalidToken => "invalid_token",
    };
    Some(format!(
        "Bearer realm=\"{REALM}\", error=\"{error}\", error_description=\"{}: {} {}\"",
        face.code, face.title, face.detail
    ))
}

/// All texts here are the edge's own, and plain ASCII.
fn insert(headers: &mut HeaderMap, name: HeaderName, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests;
