//! The client's side: its request read, its response put together.

use azat_edge::answer::Body;
use azat_edge::request::{Request, Unreadable};
use fastly::http::FramingHeadersMode;
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderMap, Method, Response};
use url::Url;

use super::fields;

/// Bodies up to this length, in bytes, are handed over in a moment.
const SHORT: u64 = 64 * 1024;

/// How long the handover of a response takes.
pub(super) enum Handover {
    /// It is done, or done in a moment.
    Brief,
    /// The host is busy with the body for a while.
    Lasting,
}

/// Reads what is decided on: all but the body.
pub(super) fn read(received: &fastly::Request, method: &Method) -> Result<Request, Unreadable> {
    fields::of(received.get_headers())
        .ok_or(Unreadable("expected fewer fields"))
        .and_then(|headers| Request::read(method.clone(), headers, || url(received)))
}

/// The URL. The SDK has no way to it but those that panic where its host cannot be part of one.
#[expect(
    clippy::disallowed_methods,
    reason = "called for a readable Host only, and answered for where there is none (`breakage`)"
)]
fn url(received: &fastly::Request) -> Url {
    received.get_url().clone()
}

/// Sends the one response.
pub(super) fn send(response: Response<Body<fastly::Body>>, method: &Method) -> Handover {
    let (head, body) = response.into_parts();
    let length = length(&head.headers);
    let is_chunked = head.headers.contains_key(TRANSFER_ENCODING);
    let (body, handover) = match body {
        // Made here: the platform knows its length.
        Body::Empty => (fastly::Body::new(), Handover::Brief),
        Body::Text(_) if method == Method::HEAD => (fastly::Body::new(), Handover::Brief),
        Body::Text(text) => (text.into(), Handover::Brief),
        Body::Upstream(upstream) => match length {
            Some(length) if length <= SHORT => (upstream, Handover::Brief),
            _ => (upstream, Handover::Lasting),
        },
    };
    let mut sent = fastly::Response::from(Response::from_parts(head, body));
    // Left to itself, the platform would drop a HEAD's Content-Length, and chunk what has a length:
    // a client could no longer tell that a body was cut.
    if length.is_some() && !is_chunked {
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
