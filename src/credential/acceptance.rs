//! Acceptance: which kinds of credential a route takes.

use http::StatusCode;

use super::place::ONE_CREDENTIAL;
use crate::denial::{Challenge, Ground};
use crate::step::Step;

/// The route takes that kind of credential.
pub static STEP: Step = Step::new(
    "acceptance",
    "the route takes this kind of credential, or none",
);

const FOR_OPERATOR: &str =
    "The route's `accepts` and `passes` in the policy say which credentials it takes.";

/// There is no credential, and the route needs one.
pub static MISSING: Ground = Ground::refused(
    StatusCode::UNAUTHORIZED,
    "credential_missing",
    "A token is needed.",
    ONE_CREDENTIAL,
    &STEP,
)
.challenging(Challenge::Bare)
.advising(FOR_OPERATOR);

/// The route does not take this kind of credential.
pub static NOT_ACCEPTED: Ground = Ground::refused(
    StatusCode::UNAUTHORIZED,
    "credential_not_accepted",
    "This kind of token is not accepted here.",
    "Use the kind of token that this resource takes, or none if it is public.",
    &STEP,
)
.challenging(Challenge::InvalidToken)
.advising(FOR_OPERATOR);
