//! Delivery from the mirror, through the edge.

use http::{Response, StatusCode};

use super::content::{ContentCall, Unusable};
use super::refusal::MIRROR_UNAVAILABLE;
use crate::answer::Body;
use crate::contract::FileRecord;
use crate::denial::Denial;
use crate::platform::{Platform, Upstream};

/// Asks the mirror, and makes the client's answer from its answer.
///
/// # Errors
/// [`MIRROR_UNAVAILABLE`], whatever is wrong: the client can do nothing about it but wait.
pub(super) fn fetch<P: Platform>(
    platform: &mut P,
    call: &ContentCall,
    file: &FileRecord,
) -> Result<Response<Body<P::Body>>, Denial> {
    let unavailable = |cause: &'static str| Denial::from(&MIRROR_UNAVAILABLE).because(cause);
    let answer = (platform.send(Upstream::Mirror, call.request()))
        .map_err(|_| unavailable("it gave no answer"))?;
    match answer.status() {
        StatusCode::NOT_FOUND => Err(unavailable("it does not have the file")),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(unavailable("it refuses the edge")),
        status if status.is_redirection() && status != StatusCode::NOT_MODIFIED => {
            Err(unavailable("it redirects"))
        }
        _ => (call.answer(file, answer)).map_err(|Unusable(cause)| unavailable(cause)),
    }
}
