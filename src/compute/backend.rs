//! Requests to the backends.

use std::io::Read as _;

use azat_edge::platform::Unreachable;
use http::{Request, Response};

/// The origin service.
pub(super) const ORIGIN: &str = "origin";

/// The mirror.
pub(super) const MIRROR: &str = "mirror";

/// The longest document that is read, in bytes: room for some 25,000 sources in an entitlement.
const MAXIMUM_DOCUMENT: u64 = 1024 * 1024;

/// Sends a request past the platform's HTTP cache, and yields the answer's head with the body unread.
pub(super) fn send(
    backend: &str,
    request: Request<()>,
    body: Option<fastly::Body>,
) -> Result<Response<fastly::Body>, Unreachable> {
    let (head, ()) = request.into_parts();
    // On the platform a backend's `override_host` tells it its own name; without, it sees the one here.
    let url = format!("https://{backend}{}", head.uri);
    let mut sent = fastly::Request::new(head.method, url);
    for (name, value) in &head.headers {
        sent.append_header(name, value);
    }
    if let Some(body) = body {
        sent.set_body(body);
    }
    // The platform must not cache what depends on a credential, nor any object above 100 MB.
    sent.set_pass(true);
    match sent.send(backend) {
        Ok(answer) => Ok(answer.into()),
        Err(_) => Err(Unreachable),
    }
}

/// Sends a request, and reads the answer whole.
pub(super) fn ask(backend: &str, request: Request<()>) -> Result<Response<Vec<u8>>, Unreachable> {
    let (head, body) = send(backend, request, None)?.into_parts();
    let mut content = Vec::new();
    let read = body.take(MAXIMUM_DOCUMENT + 1).read_to_end(&mut content);
    if read.is_err() || content.len() as u64 > MAXIMUM_DOCUMENT {
        return Err(Unreachable);
    }
    Ok(Response::from_parts(head, content))
}
