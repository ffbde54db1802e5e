//! Delivery: how the bytes of a granted file reach the client.

mod content;
mod content_disposition;
mod finished;
mod mirror;
mod plan;
mod range;
mod redirect;
pub mod refusal;
mod repository;

use azat_policy::Delivery;
use http::Response;

use self::plan::Plan;
use self::redirect::Delivered;
use crate::answer::Body;
use crate::denial::Denial;
use crate::gate::user::Grant;
use crate::origin::Requester;
use crate::platform::Platform;
use crate::request::Request;

/// Delivers a granted file to whoever requests it.
///
/// # Errors
/// Those in [`refusal`], and those of asking the origin for an access token.
pub fn deliver<P: Platform>(
    platform: &mut P,
    requester: &Requester<'_>,
    grant: &Grant<'_>,
    how: Delivery,
    request: &Request,
) -> Result<Response<Body<P::Body>>, Denial> {
    let file = grant.file();
    let delivered = match plan::plan(file, how, requester.policy, request)? {
        Plan::Redirect(location) => Delivered::Elsewhere(location),
        Plan::Finished => Delivered::Here(finished::answer(file.size)),
        Plan::Mirror(call) => Delivered::Here(mirror::fetch(platform, &call, file)?),
        Plan::Repository(call) => repository::fetch(platform, requester, &call, file)?,
    };
    match how {
        Delivery::Stream | Delivery::Redirect => Ok(redirect::plain(delivered)),
        Delivery::Fetch => redirect::emulated(delivered),
    }
}
