//! Delivery from the mirror, through the edge.

use http::{Response, StatusCode};

use super::content::ContentCall;
use super::keeper::Keeper;
use super::refusal::MIRROR_REFUSES_EDGE;
use super::undelivered::Undelivered;
use crate::answer::Body;
use crate::contract::FileRecord;
use crate::denial::RetryAfter;
use crate::platform::{Platform, Upstream};

/// Asks the mirror, and makes the client's answer from its answer.
///
/// # Errors
/// [`Undelivered::Contradicted`] when the mirror does not have the file of the record; otherwise
/// [`MIRROR_REFUSES_EDGE`], or what [`Undelivered::unusable`] says.
pub(super) fn fetch<P: Platform>(
    platform: &mut P,
    call: &ContentCall,
    file: &FileRecord,
) -> Result<Response<Body<P::Body>>, Undelivered> {
    let mirror = Keeper::Mirror;
    let answer = (platform.send(Upstream::Mirror, call.request())).map_err(|_| mirror.silent())?;
    match answer.status() {
        StatusCode::NOT_FOUND | StatusCode::GONE => Err(Undelivered::missing(mirror)),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            let refused = mirror.denial(&MIRROR_REFUSES_EDGE, "wants a credential");
            Err(Undelivered::Denied(refused))
        }
        _ => {
            let retry_after = RetryAfter::told_by(answer.headers(), platform.now());
            (call.answer(file, answer))
                .map_err(|unusable| Undelivered::unusable(mirror, unusable, retry_after))
        }
    }
}
