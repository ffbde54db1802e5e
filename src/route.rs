//! Routing: which rule of the policy a request falls under.

use std::borrow::Cow;

use azat_policy::{Captures, Policy, Route};
use http::StatusCode;

use crate::denial::{Denial, Ground};
use crate::step::Step;

/// A route takes path and method.
pub static STEP: Step = Step::new("route", "a route takes this path and this method");

/// No route takes this path.
pub static UNKNOWN: Ground = Ground::refused(
    StatusCode::NOT_FOUND,
    "route_unknown",
    "There is nothing here.",
    "Check the path.",
    &STEP,
)
.advising(
    "No [[routes]] entry of the policy has this path. A path with empty segments, encoded slashes or \
     dot segments matches none.",
);

/// A route takes this path, but not with this method.
pub static METHOD_NOT_ALLOWED: Ground = Ground::refused(
    StatusCode::METHOD_NOT_ALLOWED,
    "method_not_allowed",
    "This resource does not take this method.",
    "Use one of the methods named in Allow.",
    &STEP,
)
.advising(
    "Routes of the policy have this path; name the method in one's `methods` if it is to be served.",
);

/// The route that takes a request, and what its path parameters stand for.
pub struct Routed<'p, 'r> {
    /// The rule.
    pub route: &'p Route,
    /// The parameters.
    pub captures: Captures<'p, 'r>,
}

/// Finds the route for a path, given as its decoded segments, and a method.
///
/// # Errors
/// [`UNKNOWN`]; [`METHOD_NOT_ALLOWED`] when only the method is wrong.
pub fn find<'p, 'r>(
    policy: &'p Policy,
    segments: &'r [Cow<'r, str>],
    method: &str,
) -> Result<Routed<'p, 'r>, Denial> {
    let segments: Vec<&str> = segments.iter().map(AsRef::as_ref).collect();
    let mut allowed = Vec::new();
    for route in &policy.routes {
        let Some(captures) = route.path.matches(&segments) else {
            continue;
        };
        if route.methods.iter().any(|own| own.as_str() == method) {
            return Ok(Routed { route, captures });
        }
        allowed.extend(route.methods.iter().map(|own| own.as_str()));
    }
    match allowed.as_slice() {
        [] => Err(Denial::from(&UNKNOWN)),
        allowed => Err(Denial::from(&METHOD_NOT_ALLOWED).allowing(allowed.join(", "))),
    }
}
