//! The client's side: its request taken apart, its response put together.

use azat_edge::answer::Body;
use azat_edge::request::Request;
use fastly::http::FramingHeadersMode;
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, Method, Response};

/// Bodies up to this length, in bytes, are handed over in a moment.
const SHORT: u64 = 64 * 1024;

/// How long the handover of a response takes.
pub(super) enum Handover {
    /// It is done, or done in a moment.
    Brief,
    /// The host is busy with the body for a while.
    Lasting,
}

/// Takes a request apart, into what is decided on and the body.
pub(super) fn split(mut request: fastly::Request) -> (Request, fastly::Body) {
    let body = request.take_body();
    let mut headers = HeaderMap::new();
    for (name, value) in request.get_headers() {
        headers.append(name.clone(), value.clone());
    }
    let head = Request {
        method: request.get_method().clone(),
        url: request.get_url().clone(),
        headers,
    };
    (head, body)
}

/// Sends the one response.
pub(super) fn send(response: Response<Body<fastly::Body>>, method: &Method) -> Handover {
    let (head, body) = response.into_parts();
    let length = length(&head.headers);
    let mut sent = fastly::Response::from_status(head.status);
    for (name, value) in &head.headers {
        sent.append_header(name, value);
    }
    let handover = match body {
        // Made here: the platform knows its length.
        Body::Empty => Handover::Brief,
        Body::Text(_) if method == Method::HEAD => Handover::Brief,
        Body::Text(text) => {
            sent.set_body(text);
            Handover::Brief
        }
        Body::Upstream(upstream) => {
            sent.set_body(upstream);
            match length {
                Some(length) if length <= SHORT => Handover::Brief,
                _ => Handover::Lasting,
            }
        }
    };
    // Left to itself, the platform would drop a HEAD's Content-Length, and chunk what has a length:
    // a client could no longer tell that a body was cut.
    if length.is_some() && !head.headers.contains_key(TRANSFER_ENCODING) {
        sent.set_framing_headers_mode(FramingHeadersMode::ManuallyFromHeaders);
    }
    sent.send_to_client();
    match method {
        &Method::HEAD => Handover::Brief,
        _ => handover,
    }
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
