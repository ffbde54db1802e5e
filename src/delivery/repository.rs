//! Delivery of what is not mirrored: from the underlying repository, with the user's access token.

use azat_policy::Policy;
use http::header::{AUTHORIZATION, LOCATION};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use url::Url;

use super::content::{ContentCall, Unusable};
use crate::answer::Body;
use crate::contract::{AccessToken, FileRecord};
use crate::denial::Denial;
use crate::origin::{self, Caller};
use crate::platform::Platform;

/// A request for a file's content, and the backend of the repository that it goes to: one to which the
/// policy lets access tokens go.
pub struct RepositoryCall<'p> {
    pub(super) backend: &'p str,
    pub(super) content: ContentCall,
}

/// Asks the repository, once more with a new access token if it does not take the first, and makes the
/// client's answer of its answer.
///
/// # Errors
/// [`Denial::SessionMissing`], [`Denial::SessionRevoked`] and [`Denial::IdentityProviderUnavailable`] when
/// there is no access token to be had; [`Denial::RepositoryRefused`] and
/// [`Denial::RepositoryUnavailable`].
pub fn deliver<P: Platform>(
    platform: &mut P,
    caller: &Caller<'_>,
    call: &RepositoryCall<'_>,
    file: &FileRecord,
) -> Result<Response<Body<P::Body>>, Denial> {
    let access = origin::access_token(platform, caller)?;
    let mut answer = fetch(platform, call, &access)?;
    if answer.status() == StatusCode::UNAUTHORIZED {
        let newer = origin::newer_access_token(platform, caller, &access)?
            .ok_or(refused("it does not take the newest access token"))?;
        answer = fetch(platform, call, &newer)?;
    }
    match answer.status() {
        StatusCode::UNAUTHORIZED => Err(refused("it does not take a new access token")),
        StatusCode::FORBIDDEN => Err(refused("it does not let the user have the file")),
        StatusCode::NOT_FOUND => Err(refused("it does not have the file")),
        StatusCode::TOO_MANY_REQUESTS => Err(unavailable("it is asked too much")),
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => {
            let location = location(answer.headers(), caller.policy)
                .ok_or(unavailable("it redirects to where no client should go"))?;
            Ok(super::redirect(&location))
        }
        _ => (call.content.answer(file, answer)).map_err(|Unusable(cause)| unavailable(cause)),
    }
}

fn fetch<P: Platform>(
    platform: &mut P,
    call: &RepositoryCall<'_>,
    access: &AccessToken,
) -> Result<Response<P::Body>, Denial> {
    let mut request = call.content.request();
    let mut authorization = HeaderValue::try_from(access.authorization())
        .map_err(|_| unavailable("the access token cannot stand in a field"))?;
    authorization.set_sensitive(true);
    request.headers_mut().insert(AUTHORIZATION, authorization);
    (platform.fetch_from_repository(call.backend, request))
        .map_err(|_| unavailable("it gave no answer"))
}

/// Where a redirect leads, if a client may follow it: away from this service, so that it leaves its AZAT
/// behind, and safely.
fn location(headers: &HeaderMap, policy: &Policy) -> Option<Url> {
    let url: Url = headers.get(LOCATION)?.to_str().ok()?.parse().ok()?;
    policy.may_redirect_to(&url).then_some(url)
}

fn refused(cause: &'static str) -> Denial {
    Denial::RepositoryRefused { cause }
}

fn unavailable(cause: &'static str) -> Denial {
    Denial::RepositoryUnavailable { cause }
}

#[cfg(test)]
mod tests;
