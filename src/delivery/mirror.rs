//! Delivery from the mirror, through the edge.

use http::{Response, StatusCode};

use super::content::ContentCall;
use super::refusal::MIRROR_UNAVAILABLE;
use super::undelivered::Undelivered;
use crate::answer::Body;
use crate::contract::FileRecord;
use crate::denial::Denial;
use crate::platform::{Platform, Upstream};

/// Asks the mirror, and makes the client's answer from its answer.
///
/// # Errors
/// [`Undelivered::Contradicted`] when the mirror does not have the file of the record; otherwise
/// [`MIRROR_UNAVAILABLE`], or what [`Undelivered::unusable`] says.
pub(super) fn fetch<P: Platform>(
    platform: &mut P,
    call: &ContentCall,
    file: &FileRecord,
) -> Result<Response<Body<P::Body>>, Undelivered> {
    let unavailable = |cause: &'static str| Denial::from(&MIRROR_UNAVAILABLE).because(cause);
    let answer = (platform.send(Upstream::Mirror, call.request()))
        .map_err(|_| unavailable("it gave no answer"))?;
    let denied = match answer.status() {
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            let denial = unavailable("it does not have the file");
            return Err(Undelivered::Contradicted(denial));
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => unavailable("it refuses the edge"),
        status if status.is_redirection() && status != StatusCode::NOT_MODIFIED => {
            unavailable("it redirects")
        }
        _ => {
            return (call.answer(file, answer))
                .map_err(|unusable| Undelivered::unusable(unusable, &MIRROR_UNAVAILABLE));
        }
    };
    Err(Undelivered::Denied(denied))
}
