//! The gateway: the whole life of a request, from top to bottom.

use azat_policy::{Action, Delivery, Passage};
use http::Response;

use crate::answer::{self, Body};
use crate::check::Check;
use crate::contract::FileRecord;
use crate::credential::{self, Credential, jwt};
use crate::delivery::mirror;
use crate::delivery::repository;
use crate::delivery::{self, Plan};
use crate::denial::Denial;
use crate::file::FileId;
use crate::gate::{self, Grant};
use crate::jose::Memory;
use crate::log::{LogLine, System};
use crate::origin::{self, Caller};
use crate::platform::Platform;
use crate::request::Request;
use crate::route::{self, Routed};
use crate::settings::{InForce, Item, Read, Settings};

/// Answers a request: exactly once, whatever happens. Yields the answer and what to log.
pub fn respond<P: Platform>(
    request: &Request,
    settings: &mut Settings,
    memory: &mut Memory,
    read: impl Fn(Item) -> Read,
    platform: &mut P,
) -> (Response<Body<P::Body>>, LogLine) {
    let now = platform.now();
    let mut line = LogLine::begin(now, &request.method);
    let outcome = (settings.in_force(read, now))
        .and_then(|settings| decide(request, settings, memory, platform, &mut line));
    let response = outcome.unwrap_or_else(|denial| {
        let response = answer::denied(&denial);
        line.denied(denial);
        response
    });
    line.status(response.status());
    (response, line)
}

/// Route and credential: whose request is this, and is it for the edge to decide?
fn decide<P: Platform>(
    request: &Request,
    settings: InForce<'_>,
    memory: &mut Memory,
    platform: &mut P,
    line: &mut LogLine,
) -> Result<Response<Body<P::Body>>, Denial> {
    line.check(Check::Route);
    let segments = request.segments().ok_or(Denial::RouteUnknown)?;
    let routed = route::find(settings.policy, &segments, request.method.as_str())?;
    line.route(routed.route.path.as_str());

    line.check(Check::Credential);
    let credential = credential::find(request)?;
    line.check(Check::Acceptance);
    let passes = |kind| routed.route.passes.contains(&kind);
    match credential {
        Credential::None => {
            line.system(System::Anonymous);
            match passes(Passage::Anonymous) {
                true => origin::pass(platform, request, &segments),
                false => Err(Denial::CredentialMissing),
            }
        }
        Credential::Google => {
            line.system(System::Google);
            match passes(Passage::Google) {
                true => origin::pass(platform, request, &segments),
                false => Err(Denial::CredentialNotAccepted),
            }
        }
        Credential::Jwt(token) => {
            line.system(System::Jwt);
            if passes(Passage::Jwt) {
                return origin::pass(platform, request, &segments);
            }
            // At most one: which is meant could not be told from a token.
            let profile = routed.route.accepts.first();
            let profile = profile.ok_or(Denial::CredentialNotAccepted)?;
            line.system(System::Profile(profile.clone()));
            line.check(Check::Keys);
            let user = jwt::verify(token, profile, settings, memory, platform)?;
            line.principal(&user);
            let caller = Caller {
                policy: settings.policy,
                token,
                user: &user,
            };
            authorize(request, &routed, &caller, platform, line)
        }
    }
}

/// Gates: may this user have this file?
fn authorize<P: Platform>(
    request: &Request,
    routed: &Routed<'_, '_>,
    caller: &Caller<'_>,
    platform: &mut P,
    line: &mut LogLine,
) -> Result<Response<Body<P::Body>>, Denial> {
    line.check(Check::Name);
    let id = FileId::of(
        request,
        routed.captures.get("uuid"),
        &caller.policy.default_catalog,
    )?;
    line.file(&id);

    let user = caller.user;
    line.check(Check::Entitlement);
    let entitlement = origin::entitlement(platform, caller)?;
    line.check(Check::Session);
    gate::session::check(user, &entitlement)?;
    line.check(Check::Record);
    let admits = |file: &FileRecord| Grant::decide(user, &entitlement, file).is_ok();
    let file = origin::file(platform, caller, &id, admits)?;
    line.check(Check::Source);
    let grant = Grant::decide(user, &entitlement, &file)?;

    line.check(Check::Delivery);
    match routed.route.answer {
        Action::File(how) => deliver(platform, caller, &grant, how, request),
        Action::Fetch => {
            let response = deliver(platform, caller, &grant, Delivery::Redirect, request)?;
            delivery::emulated(response)
        }
        // Never authorised here: the policy lets such a route accept no profile.
        Action::Origin => Err(Denial::CredentialNotAccepted),
    }
}

/// Delivery: how does a granted file get to its reader?
fn deliver<P: Platform>(
    platform: &mut P,
    caller: &Caller<'_>,
    grant: &Grant<'_>,
    how: Delivery,
    request: &Request,
) -> Result<Response<Body<P::Body>>, Denial> {
    match delivery::plan(grant, how, caller.policy, request)? {
        Plan::Answer(response) => Ok(response),
        Plan::Mirror(call) => mirror::deliver(platform, &call, grant.file()),
        Plan::Repository(call) => repository::deliver(platform, caller, &call, grant.file()),
    }
}

#[cfg(test)]
mod tests;
