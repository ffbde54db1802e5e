//! The plan: where a file's bytes are to come from.

use azat_policy::{Delivery, Policy};
use http::Uri;
use url::{Position, Url};

use super::bodiless::Bodiless;
use super::content::ContentCall;
use super::order::Order;
use super::refusal::{NOT_DOWNLOADABLE, NOWHERE_TO_REDIRECT};
use super::repository::RepositoryCall;
use super::selection::Selection;
use crate::contract::FileRecord;
use crate::denial::Denial;
use crate::file::{MirrorKey, RepositoryUrl};

/// What is to be done for a granted file.
pub(super) enum Plan<'p> {
    /// Name the place where the mirror has it.
    Redirect(Url),
    /// Say what is to be said of it, without its bytes.
    Bodiless(Bodiless),
    /// Ask the mirror.
    Mirror(ContentCall),
    /// Ask the underlying repository.
    Repository(RepositoryCall<'p>),
}

/// Who may be asked for the bytes of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holders {
    /// Whoever the record names.
    All,
    /// The repository: the mirror does not have what the record says.
    RepositoryAlone,
}

/// Who has the bytes of a file.
#[derive(Clone, Copy)]
enum Holder<'p, 'f> {
    Mirror(&'f MirrorKey),
    Repository {
        backend: &'p str,
        url: &'f RepositoryUrl,
    },
}

/// Plans the delivery of a granted file: from the mirror if it is there.
///
/// # Errors
/// [`NOT_DOWNLOADABLE`] for a file that neither mirror nor an accepted repository holds.
pub(super) fn plan<'p>(
    file: &FileRecord,
    holders: Holders,
    order: &Order<'_>,
    policy: &'p Policy,
) -> Result<Plan<'p>, Denial> {
    let Order { request, how, .. } = *order;
    let holder = Holder::of(file, holders, policy)?;
    let selection = match (how, holder) {
        (Delivery::Stream, _) | (Delivery::Redirect, Holder::Repository { .. }) => {
            Selection::of_file(request, file)
        }
        (Delivery::Redirect, Holder::Mirror(_)) | (Delivery::Fetch, _) => {
            Selection::of_place(request, file)
        }
    };
    let part = match selection {
        Selection::Bodiless(bodiless) => return Ok(Plan::Bodiless(bodiless)),
        Selection::Bytes(part) => part,
    };
    let call = |target| {
        let name = order.name_of(file).to_owned();
        ContentCall::new(target, request.method.clone(), part, name)
    };
    Ok(match (holder, how) {
        (Holder::Mirror(key), Delivery::Redirect | Delivery::Fetch) => {
            Plan::Redirect(place_of(key, policy)?)
        }
        (Holder::Mirror(key), Delivery::Stream) => Plan::Mirror(call(target_of_key(key)?)),
        (Holder::Repository { backend, url }, _) => {
            let content = call(target_of_url(url)?);
            Plan::Repository(RepositoryCall { backend, content })
        }
    })
}

impl<'p, 'f> Holder<'p, 'f> {
    fn of(file: &'f FileRecord, holders: Holders, policy: &'p Policy) -> Result<Self, Denial> {
        let mirror_key = file.mirror_key.as_ref().filter(|_| holders == Holders::All);
        match (mirror_key, &file.repository_url) {
            (Some(key), _) => Ok(Self::Mirror(key)),
            (None, Some(url)) => {
                let backend = policy.repository.backend_for(url.as_url());
                let backend = backend.ok_or(&NOT_DOWNLOADABLE)?;
                Ok(Self::Repository { backend, url })
            }
            (None, None) => Err(Denial::from(&NOT_DOWNLOADABLE)),
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
        .map_err(|_| Denial::from(&NOT_DOWNLOADABLE).because("the mirror key is not a path"))
}

fn target_of_url(url: &RepositoryUrl) -> Result<Uri, Denial> {
    let target = &url.as_url()[Position::BeforePath..Position::AfterQuery];
    Uri::try_from(target)
        .map_err(|_| Denial::from(&NOT_DOWNLOADABLE).because("the repository's URL is not a URI"))
}
