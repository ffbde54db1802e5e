//! The plan: where a file's bytes are to come from.

use azat_policy::{Delivery, Policy};
use http::Uri;
use url::{Position, Url};

use super::content::ContentCall;
use super::range::Extent;
use super::refusal::{
    MIRROR_UNAVAILABLE, NOT_DOWNLOADABLE, NOWHERE_TO_REDIRECT, REPOSITORY_UNAVAILABLE,
};
use super::repository::RepositoryCall;
use crate::contract::FileRecord;
use crate::denial::Denial;
use crate::file::{MirrorKey, RepositoryUrl};
use crate::request::Request;

/// What is to be done for a granted file.
pub(super) enum Plan<'p> {
    /// Name the place where the mirror has it.
    Redirect(Url),
    /// Say that the client has all of it.
    Finished,
    /// Ask the mirror.
    Mirror(ContentCall),
    /// Ask the underlying repository.
    Repository(RepositoryCall<'p>),
}

/// Plans the delivery of a granted file: from the mirror if it is there.
///
/// # Errors
/// [`NOT_DOWNLOADABLE`] for a file that neither mirror nor an accepted repository holds.
pub(super) fn plan<'p>(
    file: &FileRecord,
    how: Delivery,
    policy: &'p Policy,
    request: &Request,
) -> Result<Plan<'p>, Denial> {
    let extent = Extent::of(request, file.size);
    match (&file.mirror_key, &file.repository_url) {
        (None, None) => Err(Denial::from(&NOT_DOWNLOADABLE)),
        _ if extent == Extent::Nothing => Ok(Plan::Finished),
        (Some(key), _) => match how {
            Delivery::Redirect | Delivery::Fetch => Ok(Plan::Redirect(place_of(key, policy)?)),
            Delivery::Stream => {
                let content = ContentCall::new(target_of_key(key)?, request, extent);
                Ok(Plan::Mirror(content))
            }
        },
        (None, Some(url)) => {
            let backend = policy.repository.backend_for(url.as_url());
            let backend = backend.ok_or(&NOT_DOWNLOADABLE)?;
            let content = ContentCall::new(target_of_url(url)?, request, extent);
            Ok(Plan::Repository(RepositoryCall { backend, content }))
        }
    }
}

/// Where clients find a file on the mirror.
fn place_of(key: &MirrorKey, policy: &Policy) -> Result<Url, Denial> {
    let base = policy.mirror.redirect_base.as_ref();
    let place = base.and_then(|base| base.join(key.as_str()).ok());
    place.ok_or_else(|| {
        Denial::from(&NOWHERE_TO_REDIRECT).because("mirror.redirect_base is missing")
    })
}

fn target_of_key(key: &MirrorKey) -> Result<Uri, Denial> {
    // A key's grammar allows nothing that a URI could not hold.
    Uri::try_from(format!("/{}", key.as_str()))
        .map_err(|_| Denial::from(&MIRROR_UNAVAILABLE).because("the mirror key is not a path"))
}

fn target_of_url(url: &RepositoryUrl) -> Result<Uri, Denial> {
    let target = &url.as_url()[Position::BeforePath..Position::AfterQuery];
    Uri::try_from(target)
        .map_err(|_| Denial::from(&REPOSITORY_UNAVAILABLE).because("its URL is not a URI"))
}
