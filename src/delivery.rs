//! Delivery: how the bytes of a granted file reach the client.

mod bodiless;
mod content;
mod content_disposition;
mod doubt;
mod entity_tag;
mod keeper;
mod mirror;
mod order;
mod plan;
mod precondition;
mod range;
mod redirect;
pub mod refusal;
mod repository;
mod selection;
mod undelivered;
mod unusable;

pub use doubt::Doubt;
pub use order::Order;
pub use undelivered::Undelivered;

use azat_policy::Delivery;
use http::Response;

use self::plan::{Holders, Plan};
use self::redirect::Delivered;
use crate::answer::Body;
use crate::denial::Denial;
use crate::gate::user::Grant;
use crate::origin::Requester;
use crate::platform::Platform;

/// Delivers a granted file to whoever requests it.
///
/// # Errors
/// [`Undelivered`], on the grounds in [`refusal`], or those of asking the origin for an access
/// token.
pub fn deliver<P: Platform>(
    platform: &mut P,
    requester: &Requester<'_>,
    grant: &Grant<'_>,
    order: &Order<'_>,
) -> Result<Response<Body<P::Body>>, Undelivered> {
    deliver_from(Holders::All, platform, requester, grant, order)
}

/// Delivers a granted file although its mirror or repository contradicted the record a moment ago.
/// If the record of the grant says something else, that is tried; then the repository, if that is
/// another place.
///
/// # Errors
/// The doubt's own denial, when nobody has the file; what may pass, when it is the repository's.
pub fn deliver_in_spite_of<P: Platform>(
    doubt: Doubt<'_>,
    platform: &mut P,
    requester: &Requester<'_>,
    grant: &Grant<'_>,
    order: &Order<'_>,
) -> Result<Response<Body<P::Body>>, Denial> {
    let is_doubtful = doubt.concerns(grant.file());
    let mut denial = doubt.denial;
    if !is_doubtful {
        match deliver(platform, requester, grant, order) {
            Err(Undelivered::Contradicted(again)) => denial = again,
            other => return other.map_err(Denial::from),
        }
    }
    if grant.file().mirror_key.is_none() {
        return Err(denial);
    }
    let repository = Holders::RepositoryAlone;
    deliver_from(repository, platform, requester, grant, order).map_err(|undelivered| {
        let of_repository = Denial::from(undelivered);
        match of_repository.retry_after() {
            Some(_) => of_repository,
            None => denial,
        }
    })
}

fn deliver_from<P: Platform>(
    holders: Holders,
    platform: &mut P,
    requester: &Requester<'_>,
    grant: &Grant<'_>,
    order: &Order<'_>,
) -> Result<Response<Body<P::Body>>, Undelivered> {
    let file = grant.file();
    let delivered = match plan::plan(file, holders, order, requester.policy)? {
        Plan::Redirect(location) => Delivered::Elsewhere(location),
        Plan::Bodiless(bodiless) => Delivered::Here(bodiless.answer(file)),
        Plan::Mirror(call) => Delivered::Here(mirror::fetch(platform, &call, file)?),
        Plan::Repository(call) => repository::fetch(platform, requester, &call, file)?,
    };
    match order.how {
        Delivery::Stream | Delivery::Redirect => Ok(redirect::plain(delivered)),
        Delivery::Fetch => Ok(redirect::emulated(delivered)?),
    }
}
