//! Passing requests on to the origin.

use std::borrow::Cow;

use http::header::{
    CONNECTION, FORWARDED, HOST, HeaderName, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, HeaderValue, Request as HttpRequest, Response, Uri};
use url::Url;

use super::refusal;
use super::trouble::Trouble;
use crate::answer::Body;
use crate::contract::forwarded;
use crate::contract::signature::{SIGNATURE, SIGNATURE_INPUT};
use crate::credential::acceptance;
use crate::denial::Denial;
use crate::platform::{Payload, Platform, Upstream};
use crate::request::Request;
use crate::route;

/// Fields about one connection, which end at the edge (RFC 9110, 7.6.1).
const HOP_BY_HOP: [HeaderName; 7] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// How fields begin that services and proxies may set, but never a client: they say who it is, and
/// what it really asks for. An underscore counts as a hyphen, as it does for many servers behind
/// the edge.
const NOT_THE_CLIENTS: [&str; 9] = [
    "x-inner-service-",
    "x-forwarded",
    "forwarded",
    "fastly-",
    "proxy-authorization",
    "x-original-",
    "x-rewrite-url",
    "x-http-method",
    "x-method-override",
];

/// How fields end that say where a client is, as in `x-real-ip`: the edge alone does.
const ADDRESSES: [&str; 5] = ["-ip", "clientip", "-ipv6", "-addr", "-address"];

/// Passes a request on as it is: what it asks for, and who asks, is for the origin to judge. The
/// edge adds from where it comes.
///
/// # Errors
/// [`refusal::UNAVAILABLE`]; [`route::UNKNOWN`] for a path that cannot be spelled.
pub fn pass<P: Platform>(
    platform: &mut P,
    request: &Request,
    segments: &[Cow<'_, str>],
) -> Result<Response<Body<P::Body>>, Denial> {
    let mut passed = HttpRequest::new(Payload::Clients);
    *passed.method_mut() = request.method.clone();
    *passed.uri_mut() = target(&request.url, segments).ok_or(&route::UNKNOWN)?;
    *passed.headers_mut() = passed_fields(&request.headers);
    if let Some(client) = platform.client_address()
        && let Ok(value) = HeaderValue::try_from(forwarded::by_edge(client))
    {
        passed.headers_mut().insert(FORWARDED, value);
    }
    let answer = platform
        .send(Upstream::Origin, passed)
        .map_err(|_| refusal::in_trouble(Trouble::NoAnswer).at(&acceptance::STEP))?;
    let mut response = answer.map(Body::Upstream);
    *response.headers_mut() = end_to_end(response.headers());
    Ok(response)
}

/// The target whose path was routed, spelled anew from the segments that were compared.
fn target(url: &Url, segments: &[Cow<'_, str>]) -> Option<Uri> {
    let mut url = url.clone();
    url.path_segments_mut().ok()?.clear().extend(segments);
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    Uri::try_from(target).ok()
}

/// A client's fields without those that are not its to send.
fn passed_fields(headers: &HeaderMap) -> HeaderMap {
    let mut passed = end_to_end(headers);
    passed.remove(HOST);
    passed.remove(SIGNATURE);
    passed.remove(SIGNATURE_INPUT);
    let is_claim = |name: &HeaderName| {
        let name = name.as_str().replace('_', "-");
        NOT_THE_CLIENTS.iter().any(|start| name.starts_with(start))
            || ADDRESSES.iter().any(|end| name.ends_with(end))
    };
    let claimed: Vec<HeaderName> = (passed.keys())
        .filter(|name| is_claim(name))
        .cloned()
        .collect();
    for name in claimed {
        passed.remove(name);
    }
    passed
}

/// The fields that are not about one connection.
fn end_to_end(headers: &HeaderMap) -> HeaderMap {
    let listed: Vec<&str> = (headers.get_all(CONNECTION).iter())
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(',').map(str::trim))
        .collect();
    let is_listed = |name: &HeaderName| {
        listed
            .iter()
            .any(|own| own.eq_ignore_ascii_case(name.as_str()))
    };
    let kept = headers
        .iter()
        .filter(|(name, _)| !HOP_BY_HOP.contains(name) && !is_listed(name));
    let mut end_to_end = HeaderMap::new();
    for (name, value) in kept {
        end_to_end.append(name.clone(), HeaderValue::clone(value));
    }
    end_to_end
}
