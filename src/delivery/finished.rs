//! The answer to a client that has all of a file, and asks for what comes after its end.

use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, Response, StatusCode};

use crate::answer::Body;

/// Nothing, of a file of that size.
pub(super) fn answer<B>(size: u64) -> Response<Body<B>> {
    let mut response = Response::new(Body::Empty);
    *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    let headers = response.headers_mut();
    if let Ok(range) = HeaderValue::from_str(&format!("bytes */{size}")) {
        headers.insert(CONTENT_RANGE, range);
    }
    headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
