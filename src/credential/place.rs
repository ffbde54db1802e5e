//! Where credentials stand: each system has its own place, and at most one stands there.

use http::StatusCode;

use crate::denial::{Challenge, Ground};
use crate::step::Step;

/// Each place that is looked at has at most one credential, which can be read.
pub static STEP: Step = Step::new(
    "credential",
    "at most one credential, a Bearer token in Authorization",
);

/// What to do about a place that has not exactly one credential.
pub(super) const ONE_CREDENTIAL: &str = "Send exactly one field `Authorization: Bearer <token>`.";

/// There are several credentials.
pub static SEVERAL: Ground = Ground::refused(
    StatusCode::BAD_REQUEST,
    "credentials_several",
    "There are several credentials.",
    ONE_CREDENTIAL,
    &STEP,
)
.challenging(Challenge::InvalidRequest);
