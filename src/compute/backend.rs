//! Requests to the backends.

use std::io::Read as _;

use azat_edge::platform::{Unreachable, Upstream};
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
    let backend = name(to);
    let (head, ()) = request.into_parts();
    // On the platform, a backend's `override_host` gives it its own name; without one, it sees the
    // name here.
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

/// Reads a body to its end, if that comes within `limit` bytes.
pub(super) fn read(body: fastly::Body, limit: usize) -> Result<Vec<u8>, Unreachable> {
    let mut content = Vec::new();
    let read = body.take(limit as u64 + 1).read_to_end(&mut content);
    match read.is_ok() && content.len() <= limit {
        true => Ok(content),
        false => Err(Unreachable),
    }
}
