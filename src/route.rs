//! Routing: which rule of the policy a request falls under.

use std::borrow::Cow;

use azat_policy::{Captures, Policy, Route};

use crate::denial::Denial;

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
/// [`Denial::RouteUnknown`]; [`Denial::MethodNotAllowed`] when only the method is wrong.
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
        allowed.extend(&route.methods);
    }
    match allowed.as_slice() {
        [] => Err(Denial::RouteUnknown),
        _ => Err(Denial::MethodNotAllowed { allowed }),
    }
}
