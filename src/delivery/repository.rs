//! Delivery of what is not mirrored: from the underlying repository, with the user's access token.

use azat_policy::Policy;
use http::header::{AUTHORIZATION, LOCATION};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use url::Url;

use super::content::ContentCall;
use super::keeper::Keeper;
use super::redirect::Delivered;
use super::refusal::{ANSWER_WRONG, REPOSITORY_REFUSED, STEP};
use super::undelivered::Undelivered;
use crate::contract::{AccessTokenDocument, FileRecord};
use crate::denial::{Denial, RetryAfter};
use crate::origin::{self, Requester};
use crate::platform::{Platform, Upstream};

/// A request for a file's content, and the backend of the repository that it goes to: one that the
/// policy lets access tokens go to.
pub(super) struct RepositoryCall<'p> {
    pub(super) backend: &'p str,
    pub(super) content: ContentCall,
}

/// Asks the repository, once more with a new access token if it does not take the first, and makes
/// the client's answer from its answer.
///
/// # Errors
/// Those of [`origin::access_token`] when there is no access token to be had;
/// [`REPOSITORY_REFUSED`] and [`ANSWER_WRONG`], or what [`Undelivered::unusable`] says.
pub(super) fn fetch<P: Platform>(
    platform: &mut P,
    requester: &Requester<'_>,
    call: &RepositoryCall<'_>,
    file: &FileRecord,
) -> Result<Delivered<P::Body>, Undelivered> {
    let here = |denial: Denial| denial.at(&STEP);
    let access = origin::access_token(platform, requester).map_err(here)?;
    let mut answer = ask(platform, call, &access)?;
    if answer.status() == StatusCode::UNAUTHORIZED {
        let newer = origin::newer_access_token(platform, requester, &access)
            .map_err(here)?
            .ok_or_else(|| refused("does not take the newest access token"))?;
        answer = ask(platform, call, &newer)?;
    }
    match answer.status() {
        StatusCode::UNAUTHORIZED => Err(refused("does not take a new access token").into()),
        StatusCode::FORBIDDEN => Err(refused("does not let the user have the file").into()),
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            let denial = refused("does not have the file");
            Err(Undelivered::Contradicted(denial))
        }
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => location(answer.headers(), requester.policy)
            .map(Delivered::Elsewhere)
            .ok_or_else(|| wrong("redirects to where no client should go").into()),
        _ => {
            let retry_after = RetryAfter::told_by(answer.headers(), platform.now());
            let unusable = |it| Undelivered::unusable(Keeper::Repository, it, retry_after);
            (call.content.answer(file, answer))
                .map(Delivered::Here)
                .map_err(unusable)
        }
    }
}

fn ask<P: Platform>(
    platform: &mut P,
    call: &RepositoryCall<'_>,
    access: &AccessTokenDocument,
) -> Result<Response<P::Body>, Denial> {
    let mut request = call.content.request();
    let mut authorization = HeaderValue::try_from(access.authorization())
        .map_err(|_| wrong("needs an access token that no field can hold"))?;
    authorization.set_sensitive(true);
    request.headers_mut().insert(AUTHORIZATION, authorization);
    (platform.send(Upstream::Repository(call.backend), request))
        .map_err(|_| Keeper::Repository.silent())
}

/// Where a redirect leads, if a client may follow it: away from this service, so that it leaves its
/// AZAT behind, and safely.
fn location(headers: &HeaderMap, policy: &Policy) -> Option<Url> {
    let url: Url = headers.get(LOCATION)?.to_str().ok()?.parse().ok()?;
    policy.may_redirect_to(&url).then_some(url)
}

fn refused(did: &str) -> Denial {
    Keeper::Repository.denial(&REPOSITORY_REFUSED, did)
}

fn wrong(did: &str) -> Denial {
    Keeper::Repository.denial(&ANSWER_WRONG, did)
}

#[cfg(test)]
mod tests;
