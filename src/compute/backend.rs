//! Requests to the backends.

use std::io::Read as _;

use azat_edge::platform::{Progress, Unreachable, Unread, Upstream};
use fastly::Backend;
use fastly::http::request::{PendingRequest, PollResult};
use http::{Request, Response};
use url::Url;

use super::fields;

/// The name of an upstream's backend.
fn name(upstream: Upstream<'_>) -> &str {
    match upstream {
        Upstream::Origin => "origin",
        Upstream::Mirror => "mirror",
        Upstream::Repository(name) => name,
    }
}

/// What every request is addressed to. A backend's name cannot stand in a URL as it is (`Host 1` is
/// one), and does not have to: the backend's own `override_host` is the Host that its server sees.
/// A server that sees this name instead has a backend without one.
const ADDRESSEE: &str = "https://backend.invalid";

/// The longest URL that the platform takes, in bytes.
const LONGEST_URL: usize = 65_534;

/// Sends a request past the platform's HTTP cache, and yields the answer's head with the body
/// unread.
#[expect(clippy::disallowed_methods, reason = "the backend's name is one")]
pub(super) fn send(
    to: Upstream<'_>,
    request: Request<()>,
    body: Option<fastly::Body>,
) -> Result<Response<fastly::Body>, Unreachable> {
    let backend = Backend::from_name(name(to)).map_err(|_| Unreachable)?;
    let sent = addressed(request, body).ok_or(Unreachable)?;
    received(sent.send(backend).map_err(|_| Unreachable)?)
}

/// Sends a request past the platform's HTTP cache, and does not wait; `None` where it cannot be
/// sent.
#[expect(clippy::disallowed_methods, reason = "the backend's name is one")]
pub(super) fn dispatch(to: Upstream<'_>, request: Request<()>) -> Option<PendingRequest> {
    let backend = Backend::from_name(name(to)).ok()?;
    addressed(request, None)?.send_async(backend).ok()
}

/// What has come back.
pub(super) fn arrived(
    sent: Option<PendingRequest>,
) -> Progress<Option<PendingRequest>, Result<Response<fastly::Body>, Unreachable>> {
    match sent.map(PendingRequest::poll) {
        Some(PollResult::Pending(sent)) => Progress::Pending(Some(sent)),
        Some(PollResult::Done(Ok(answer))) => Progress::Done(received(answer)),
        Some(PollResult::Done(Err(_))) | None => Progress::Done(Err(Unreachable)),
    }
}

/// An answer as the core takes it.
fn received(mut answer: fastly::Response) -> Result<Response<fastly::Body>, Unreachable> {
    let mut response = Response::new(answer.take_body());
    *response.status_mut() = answer.get_status();
    *response.headers_mut() = fields::of(answer.get_headers()).ok_or(Unreachable)?;
    Ok(response)
}

/// A request as the platform takes it; `None` for a target that it does not take.
#[expect(
    clippy::disallowed_methods,
    reason = "URL, method, names and values are ones: the SDK has nothing to convert"
)]
fn addressed(request: Request<()>, body: Option<fastly::Body>) -> Option<fastly::Request> {
    let (head, ()) = request.into_parts();
    let url = Url::parse(&format!("{ADDRESSEE}{}", head.uri)).ok()?;
    if url.as_str().len() > LONGEST_URL {
        return None;
    }
    let mut addressed = fastly::Request::new(head.method, url);
    for (name, value) in &head.headers {
        addressed.append_header(name, value);
    }
    if let Some(body) = body {
        addressed.set_body(body);
    }
    // The platform must not cache what depends on a credential, nor any object above 100 MB.
    addressed.set_pass(true);
    Some(addressed)
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
