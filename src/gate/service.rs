//! The service gate: may this calling service use this route?

use http::StatusCode;

use crate::credential::Principal;
use crate::denial::{Denial, Ground};
use crate::step::Step;

/// The service that calls may use the route, or no service calls.
pub static STEP: Step = Step::new("service", "the service that calls may use this route");

/// The service that calls is not one that the route names.
pub static REFUSED: Ground = Ground::refused(
    StatusCode::FORBIDDEN,
    "service_refused",
    "This service may not do this.",
    "Ask the operators which services may.",
    &STEP,
)
.advising("The route's `services` in the policy say which services may use it.");

/// The proof that the service gate is open. The user gate takes nothing else.
#[derive(Debug, Clone, Copy)]
pub struct ServicePass(());

/// Opens the gate when the principal's service is one of the route's, or when the principal needs
/// none: a user who calls without one.
///
/// # Errors
/// [`REFUSED`].
pub fn open(principal: &Principal, services: &[String]) -> Result<ServicePass, Denial> {
    let may_pass = (principal.service())
        .is_none_or(|service| services.iter().any(|name| name == service.name()));
    match may_pass {
        true => Ok(ServicePass(())),
        false => Err(Denial::from(&REFUSED)),
    }
}

#[cfg(test)]
mod tests;
