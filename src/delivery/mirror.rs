//! Delivery from the mirror, through the edge.

use http::{Response, StatusCode};

use super::content::{ContentCall, Unusable};
use crate::answer::Body;
use crate::contract::FileRecord;
use crate::denial::Denial;
use crate::platform::Platform;

/// Asks the mirror, and makes the client's answer of its answer.
///
/// # Errors
/// [`Denial::MirrorUnavailable`], whatever is wrong: the client can do nothing about it but wait.
pub fn deliver<P: Platform>(
    platform: &mut P,
    call: &ContentCall,
    file: &FileRecord,
) -> Result<Response<Body<P::Body>>, Denial> {
    let unavailable = |cause| Denial::MirrorUnavailable { cause };
    let answer = (platform.fetch_from_mirror(call.request()))
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
