//! Delivery: how the bytes of a granted file reach the client.

use azat_policy::{Delivery, Mirror};
use http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderValue, Response, StatusCode};
use serde_json::json;
use url::Url;

use super::MirrorKey;
use super::mirror::MirrorCall;
use super::range::Extent;
use crate::answer::Body;
use crate::denial::Denial;
use crate::gate::Grant;
use crate::request::Request;

/// What is to be done for a grant.
pub enum Plan<B> {
    /// Answer this.
    Answer(Response<Body<B>>),
    /// Ask the mirror, and answer what the call makes of its answer.
    Stream(MirrorCall),
}

/// Plans the delivery of a granted file.
///
/// # Errors
/// [`Denial::FileNotDownloadable`] for a file that no mirror holds.
pub fn plan<B>(
    grant: &Grant<'_>,
    delivery: Delivery,
    mirror: &Mirror,
    request: &Request,
) -> Result<Plan<B>, Denial> {
    let file = grant.file();
    let key = file
        .mirror_key
        .as_ref()
        .ok_or(Denial::FileNotDownloadable)?;
    Ok(match (Extent::of(request, file.size), delivery) {
        (Extent::Nothing, _) => Plan::Answer(finished(file.size)),
        (_, Delivery::Redirect) => Plan::Answer(redirect(&location(mirror, key)?)),
        (extent, Delivery::Stream) => Plan::Stream(MirrorCall::new(key, request, extent)?),
    })
}

/// Azul's emulated redirect for clients that cannot follow a real one: 200 with
/// `{"Status":302,"Location":…}`.
///
/// # Errors
/// [`Denial::FileNotDownloadable`] for a file that no mirror holds.
pub fn fetch<B>(grant: &Grant<'_>, mirror: &Mirror) -> Result<Response<Body<B>>, Denial> {
    let key = (grant.file().mirror_key.as_ref()).ok_or(Denial::FileNotDownloadable)?;
    let location = location(mirror, key)?;
    let body = json!({"Status": 302, "Location": location.as_str()}).to_string();
    let mut response = Response::new(Body::Text(body));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn location(mirror: &Mirror, key: &MirrorKey) -> Result<Url, Denial> {
    let base = mirror.redirect_base.as_ref();
    base.and_then(|base| base.join(key.as_str()).ok())
        .ok_or(Denial::ConfigurationBroken {
            cause: "mirror.redirect_base is missing".to_owned(),
        })
}

fn redirect<B>(location: &Url) -> Response<Body<B>> {
    let mut response = Response::new(Body::Empty);
    *response.status_mut() = StatusCode::FOUND;
    let headers = response.headers_mut();
    // A URL is ASCII without control characters once it is parsed.
    if let Ok(location) = HeaderValue::from_str(location.as_str()) {
        headers.insert(LOCATION, location);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn finished<B>(size: u64) -> Response<Body<B>> {
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
