//! Delivery: how the bytes of a granted file reach the client.

mod bodiless;
mod content;
mod content_disposition;
mod entity_tag;
mod mirror;
mod plan;
mod precondition;
mod range;
mod redirect;
pub mod refusal;
mod repository;
mod selection;
mod undelivered;
mod unusable;

pub use undelivered::Undelivered;

use azat_policy::Delivery;
use http::Response;

use self::plan::Plan;
use self::redirect::Delivered;
use crate::answer::Body;
use crate::gate::user::Grant;
use crate::origin::Requester;
use crate::platform::Platform;
use crate::request::Request;

/// Delivers a granted file to whoever requests it.
///
/// # Errors
/// [`Undelivered`], on the grounds in [`refusal`], or those of asking the origin for an access
/// token.
pub fn deliver<P: Platform>(
    platform: &mut P,
    requester: &Requester<'_>,
    grant: &Grant<'_>,
    how: Delivery,
    request: &Request,
) -> Result<Response<Body<P::Body>>, Undelivered> {
    let file = grant.file();
    let delivered = match plan::plan(file, how, requester.policy, request)? {
        Plan::Redirect(location) => Delivered::Elsewhere(location),
        Plan::Bodiless(bodiless) => Delivered::Here(bodiless.answer(file)),
        Plan::Mirror(call) => Delivered::Here(mirror::fetch(platform, &call, file)?),
        Plan::Repository(call) => repository::fetch(platform, requester, &call, file)?,
    };
    match how {
        Delivery::Stream | Delivery::Redirect => Ok(redirect::plain(delivered)),
        Delivery::Fetch => Ok(redirect::emulated(delivered)?),
    }
}
