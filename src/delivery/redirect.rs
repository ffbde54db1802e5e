//! Redirects, and their two forms: a real one, and the one that Azul emulates for clients that
//! cannot follow it.

use http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use http::{HeaderValue, Response, StatusCode};
use serde::Serialize;
use url::Url;

use super::refusal::NOT_DOWNLOADABLE;
use crate::answer::Body;
use crate::denial::Denial;

/// Where a file is, or the file itself.
pub(super) enum Delivered<B> {
    /// The client finds it there.
    Elsewhere(Url),
    /// It is the answer.
    Here(Response<Body<B>>),
}

/// The answer for clients that follow redirects.
pub(super) fn plain<B>(delivered: Delivered<B>) -> Response<Body<B>> {
    let location = match delivered {
        Delivered::Elsewhere(location) => location,
        Delivered::Here(response) => return response,
    };
    let mut response = Response::new(Body::Empty);
    *response.status_mut() = StatusCode::FOUND;
    let headers = response.headers_mut();
    // A URL is ASCII without control characters once it is parsed.
    if let Ok(location) = HeaderValue::from_str(location.as_str()) {
        headers.insert(LOCATION, location);
    }
    // Nobody may keep it: the next caller may be somebody else.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The answer as Azul emulates it: 200 with `{"Status":302,"Location":…}`.
///
/// # Errors
/// [`NOT_DOWNLOADABLE`] for a file that comes through the edge: there is no other place to name.
pub(super) fn emulated<B>(delivered: Delivered<B>) -> Result<Response<Body<B>>, Denial> {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Emulated<'r> {
        status: u16,
        #[serde(skip_serializing_if = "Option::is_none")]
        location: Option<&'r str>,
    }
    let (status, location) = match &delivered {
        Delivered::Elsewhere(location) => (StatusCode::FOUND, Some(location.as_str())),
        Delivered::Here(response) if matches!(response.body(), Body::Empty) => {
            (response.status(), None)
        }
        Delivered::Here(_) => return Err(Denial::from(&NOT_DOWNLOADABLE)),
    };
    let emulated = Emulated {
        status: status.as_u16(),
        location,
    };
    // A number and a string: none of serde_json's failures can occur.
    let mut response = Response::new(Body::Text(
        serde_json::to_string(&emulated).unwrap_or_default(),
    ));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
