//! The one form in which denials are answered: a problem document (RFC 9457), with challenge and
//! `Proxy-Status`.

use http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Response};
use serde::Serialize;

use crate::answer::Body;
use crate::denial::{Challenge, Denial};

const PROXY_STATUS: HeaderName = HeaderName::from_static("proxy-status");

/// The name under which the edge speaks in `Proxy-Status`.
const PROXY_NAME: &str = "azat-edge";

/// The protection space of all challenges (RFC 9110, 11.5).
const REALM: &str = "files";

/// A problem document (RFC 9457), with the reason code as an extension member.
#[derive(Serialize)]
struct Problem<'d> {
    r#type: String,
    title: &'d str,
    status: u16,
    detail: &'d str,
    reason: &'d str,
}

/// The answer to a denied request. `random` is any number: clients that are to come back do so at
/// different times.
pub fn answer<B>(denial: &Denial, random: u32) -> Response<Body<B>> {
    let mut response = Response::new(Body::Text(problem(denial)));
    *response.status_mut() = denial.status();
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let proxy_status = format!(
        "{PROXY_NAME}; error={}; details=\"{}\"",
        denial.proxy_error(),
        denial.code()
    );
    insert(headers, PROXY_STATUS, &proxy_status);
    if let Some(challenge) = challenge(denial) {
        insert(headers, WWW_AUTHENTICATE, &challenge);
    }
    if let Some(retry_after) = denial.retry_after() {
        headers.insert(RETRY_AFTER, retry_after.spread(random).into());
    }
    if let Some(methods) = denial.allow() {
        insert(headers, ALLOW, methods);
    }
    response
}

fn problem(denial: &Denial) -> String {
    let problem = Problem {
        r#type: format!("urn:problem-type:azat-edge:{}", denial.code()),
        title: denial.title(),
        status: denial.status().as_u16(),
        detail: denial.detail(),
        reason: denial.code(),
    };
    // Strings and a number: none of serde_json's failures can occur.
    serde_json::to_string(&problem).unwrap_or_default()
}

/// The challenge (RFC 6750, 3). `curl --fail` hides bodies, so it repeats code and advice.
fn challenge(denial: &Denial) -> Option<String> {
    let error = match denial.challenge() {
        Challenge::None => return None,
        Challenge::Bare => return Some(format!("Bearer realm=\"{REALM}\"")),
        Challenge::InvalidRequest => "invalid_request",
        Challenge::InvalidToken => "invalid_token",
    };
    Some(format!(
        "Bearer realm=\"{REALM}\", error=\"{error}\", error_description=\"{}: {} {}\"",
        denial.code(),
        denial.title(),
        denial.detail()
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
