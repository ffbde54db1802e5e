//! Requests to the backends.

use std::io::Read as _;

use azat_edge::platform::{Progress, Unreachable, Unread, Upstream};
use fastly::http::request::{PendingRequest, PollResult};
use http::{Request, Response};

/// The name of an upstream's backend.
fn name(upstream: Upstream<'_>) -> &str {
    match upstream {
        Upstream::Origin => "origin",
        Upstream::Mirror => "mirror",
        Upstream::Repository(name) => name,
    }
}

/// Sends a request past the platform's HTTP cache, and yields the answer's head with the body
/// unread.
pub(super) fn send(
    to: Upstream<'_>,
    request: Request<()>,
    body: Option<fastly::Body>,
) -> Result<Response<fastly::Body>, Unreachable> {
    let mut sent = to_backend(to, request);
    if let Some(body) = body {
        sent.set_body(body);
    }
    match sent.send(name(to)) {
        Ok(answer) => Ok(answer.into()),
        Err(_) => Err(Unreachable),
    }
}

/// Sends a request past the platform's HTTP cache, and does not wait.
pub(super) fn dispatch(to: Upstream<'_>, request: Request<()>) -> Option<PendingRequest> {
    to_backend(to, request).send_async(name(to)).ok()
}

/// What has come back.
pub(super) fn arrived(
    sent: Option<PendingRequest>,
) -> Progress<Option<PendingRequest>, Result<Response<fastly::Body>, Unreachable>> {
    match sent.map(PendingRequest::poll) {
        Some(PollResult::Pending(sent)) => Progress::Pending(Some(sent)),
        Some(PollResult::Done(Ok(answer))) => Progress::Done(Ok(answer.into())),
        Some(PollResult::Done(Err(_))) | None => Progress::Done(Err(Unreachable)),
    }
}

fn to_backend(to: Upstream<'_>, request: Request<()>) -> fastly::Request {
    let (head, ()) = request.into_parts();
    // On the platform, a backend's `override_host` gives it its own name; without one, it sees the
    // name here.
    let url = format!("https://{}{}", name(to), head.uri);
    let mut sent = fastly::Request::new(head.method, url);
    for (name, value) in &head.headers {
        sent.append_header(name, value);
    }
    // The platform must not cache what depends on a credential, nor any object above 100 MB.
    sent.set_pass(true);
    sent
}

/// Reads a body to its end, if that comes within `limit` bytes.
pub(super) fn read(body: fastly::Body, limit: usize) -> Result<Vec<u8>, Unread> {
    let mut content = Vec::new();
    (body.take(limit as u64 + 1).read_to_end(&mut content)).map_err(|_| Unread::BrokenOff)?;
    match content.len() <= limit {
        true => Ok(content),
        false => Err(Unread::TooLong),
    }
}
