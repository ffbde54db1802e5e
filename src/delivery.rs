//! Delivery: how the bytes of a granted file reach the client.

use azat_policy::{Delivery, Policy};
use http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderValue, Response, StatusCode, Uri};
use serde::Serialize;
use url::{Position, Url};

mod content;
mod content_disposition;
pub mod mirror;
mod range;
pub mod repository;

use self::content::ContentCall;
use self::range::Extent;
use self::repository::RepositoryCall;
use crate::answer::Body;
use crate::denial::Denial;
use crate::file::{MirrorKey, RepositoryUrl};
use crate::gate::Grant;
use crate::request::Request;

/// What is to be done for a grant.
pub enum Plan<'p, B> {
    /// Answer this.
    Answer(Response<Body<B>>),
    /// Ask the mirror.
    Mirror(ContentCall),
    /// Ask the underlying repository.
    Repository(RepositoryCall<'p>),
}

/// Plans the delivery of a granted file: from the mirror if it is there.
///
/// # Errors
/// [`Denial::FileNotDownloadable`] for a file that neither mirror nor an accepted repository holds.
pub fn plan<'p, B>(
    grant: &Grant<'_>,
    delivery: Delivery,
    policy: &'p Policy,
    request: &Request,
) -> Result<Plan<'p, B>, Denial> {
    let file = grant.file();
    let extent = Extent::of(request, file.size);
    if extent == Extent::Nothing && (file.mirror_key.is_some() || file.repository_url.is_some()) {
        return Ok(Plan::Answer(finished(file.size)));
    }
    match (&file.mirror_key, &file.repository_url) {
        (Some(key), _) => Ok(match delivery {
            Delivery::Redirect => Plan::Answer(redirect(&mirror_location(policy, key)?)),
            Delivery::Stream => {
                Plan::Mirror(ContentCall::new(target_of_key(key)?, request, extent))
            }
        }),
        (None, Some(url)) => {
            let backend = policy.repository.backend_for(url.as_url());
            let backend = backend.ok_or(Denial::FileNotDownloadable)?;
            let content = ContentCall::new(target_of_url(url)?, request, extent);
            Ok(Plan::Repository(RepositoryCall { backend, content }))
        }
        (None, None) => Err(Denial::FileNotDownloadable),
    }
}

/// Azul's emulated redirect, for clients that cannot follow a real one: 200 with
/// `{"Status":302,"Location":…}`.
///
/// # Errors
/// [`Denial::FileNotDownloadable`] for a file that comes through the edge: there is no other place to name.
pub fn emulated<B>(response: Response<Body<B>>) -> Result<Response<Body<B>>, Denial> {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Emulated<'r> {
        status: u16,
        #[serde(skip_serializing_if = "Option::is_none")]
        location: Option<&'r str>,
    }
    if !matches!(response.body(), Body::Empty) {
        return Err(Denial::FileNotDownloadable);
    }
    let location = response.headers().get(LOCATION);
    let emulated = Emulated {
        status: response.status().as_u16(),
        location: location.and_then(|location| location.to_str().ok()),
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

/// A redirect that nobody may keep: the next caller may be another.
pub(super) fn redirect<B>(location: &Url) -> Response<Body<B>> {
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

fn mirror_location(policy: &Policy, key: &MirrorKey) -> Result<Url, Denial> {
    let base = policy.mirror.redirect_base.as_ref();
    base.and_then(|base| base.join(key.as_str()).ok())
        .ok_or(Denial::ConfigurationBroken {
            cause: "mirror.redirect_base is missing".to_owned(),
        })
}

fn target_of_key(key: &MirrorKey) -> Result<Uri, Denial> {
    // A key's grammar leaves nothing that a URI could not hold.
    let cause = "the mirror key is not a path";
    Uri::try_from(format!("/{}", key.as_str())).map_err(|_| Denial::MirrorUnavailable { cause })
}

fn target_of_url(url: &RepositoryUrl) -> Result<Uri, Denial> {
    let cause = "its URL is not a URI";
    let target = &url.as_url()[Position::BeforePath..Position::AfterQuery];
    Uri::try_from(target).map_err(|_| Denial::RepositoryUnavailable { cause })
}
