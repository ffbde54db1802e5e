//! The trail: what is known of a request, step by step. Log line and explanation are views of it.
//!
//! Each step's outcome passes by here, and leaves what is to be known of it.

use std::borrow::Cow;

use azat_policy::UNKNOWN_SYSTEM;
use http::Method;

use crate::credential::{self, Identification, Identity, Principal};
use crate::delivery;
use crate::denial::Denial;
use crate::file::FileId;
use crate::gate;
use crate::origin;
use crate::resource::{self, Resource};
use crate::route::{self, Routed};
use crate::settings;
use crate::step::Step;
use crate::time::UnixTime;

/// What is known of a request.
#[derive(Debug)]
pub struct Trail {
    time: UnixTime,
    method: Method,
    route: Option<String>,
    system: Cow<'static, str>,
    steps: Vec<&'static Step>,
    principal: Option<Principal>,
    file: Option<FileId>,
    denial: Option<Denial>,
}

impl Trail {
    /// The trail of a request that has just come in.
    pub fn begin(time: UnixTime, method: &Method) -> Self {
        Self {
            time,
            method: method.clone(),
            route: None,
            system: UNKNOWN_SYSTEM.into(),
            steps: Vec::new(),
            principal: None,
            file: None,
            denial: None,
        }
    }

    /// Routing's outcome.
    pub(crate) fn routed<'p, 'r>(
        &mut self,
        outcome: Result<Routed<'p, 'r>, Denial>,
    ) -> Result<Routed<'p, 'r>, Denial> {
        let routed = outcome?;
        self.route = Some(routed.route.path.as_str().to_owned());
        Ok(routed)
    }

    /// The outcome of looking at a request whose credentials are another's to verify.
    pub(crate) fn passed(&mut self, looked_at: Identification<()>) -> Result<(), Denial> {
        self.system = looked_at.system;
        looked_at.outcome
    }

    /// The outcome of verification.
    pub(crate) fn identified<'r>(
        &mut self,
        looked_at: Identification<Identity<'r>>,
    ) -> Result<Identity<'r>, Denial> {
        self.system = looked_at.system;
        self.steps = looked_at.steps;
        let identity = looked_at.outcome?;
        self.principal = Some(identity.principal.clone());
        Ok(identity)
    }

    /// The file that the request is about, if it names one.
    pub(crate) fn named(&mut self, outcome: Result<Resource, Denial>) -> Result<Resource, Denial> {
        let resource = outcome?;
        self.file = Some(resource.file.clone());
        Ok(resource)
    }

    /// The outcome of it all.
    pub(crate) fn ended<T>(&mut self, outcome: Result<T, Denial>) -> Result<T, Denial> {
        self.denial = outcome.as_ref().err().cloned();
        outcome
    }

    /// When it came in.
    pub fn time(&self) -> UnixTime {
        self.time
    }

    /// Its method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The pattern of its route: the path itself may hold a capability.
    pub fn route(&self) -> Option<&str> {
        self.route.as_deref()
    }

    /// Its credential system: kinds of credential, joined by `+`; a kind of request that the edge
    /// does not verify; or [`UNKNOWN_SYSTEM`].
    pub fn system(&self) -> &str {
        &self.system
    }

    /// Who made it.
    pub fn principal(&self) -> Option<&Principal> {
        self.principal.as_ref()
    }

    /// The file that it is about.
    pub fn file(&self) -> Option<&FileId> {
        self.file.as_ref()
    }

    /// Why it was denied.
    pub fn denial(&self) -> Option<&Denial> {
        self.denial.as_ref()
    }

    /// The steps that decide on such a request, in their order; with those of verification where
    /// its credential system is known.
    pub fn steps(&self) -> Vec<&'static Step> {
        let has_service = (self.principal.as_ref()).is_some_and(|own| own.service().is_some());
        let before = [
            &settings::STEP,
            &route::STEP,
            &credential::place::STEP,
            &credential::acceptance::STEP,
        ];
        let after = [
            &resource::STEP,
            &origin::refusal::ENTITLEMENT,
            &gate::session::STEP,
            &origin::refusal::RECORD,
            &gate::user::STEP,
            &delivery::refusal::STEP,
        ];
        let service = has_service.then_some(&gate::service::STEP);
        let verification = self.steps.iter().copied();
        (before.into_iter().chain(verification))
            .chain(service)
            .chain(after)
            .collect()
    }
}

#[cfg(test)]
mod tests;
