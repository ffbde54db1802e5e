//! What ends a request that is not decided on.

use http::StatusCode;

use crate::denial::Ground;
use crate::step::Step;

/// The program can make something of what the client sent. No explanation has this step: whatever
/// can be explained has been read.
static STEP: Step = Step::new("reading", "host and path can be read");

/// Nothing can be made of the target, or of the host that it is to be found at.
pub(crate) static TARGET_INVALID: Ground = Ground::refused(
    StatusCode::BAD_REQUEST,
    "target_invalid",
    "The request's target cannot be read.",
    "Check host and path.",
    &STEP,
);

/// The program broke. That is a fault of its own; the log has the place.
pub(crate) static PROGRAM_BROKE: Ground =
    Ground::fault("program_broke", "The request could not be answered.", &STEP);
