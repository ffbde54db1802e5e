//! The gateway: the whole life of a request, from top to bottom.

use azat_policy::{Action, Delivery, Passage};
use http::Response;

use crate::answer::{self, Body};
use crate::credential::{self, BearerToken, Credential, azat};
use crate::denial::Denial;
use crate::gate::{self, Grant};
use crate::log::{LogLine, System};
use crate::origin::{self, Caller};
use crate::platform::Platform;
use crate::repository::delivery::{self, Plan};
use crate::repository::{FileId, FileRecord, fallback, mirror};
use crate::request::Request;
use crate::route::{self, Routed};
use crate::settings::{InForce, Item, Read, Settings};

/// Answers a request: exactly once, whatever happens. Yields the answer and what to log.
pub fn respond<P: Platform>(
    request: &Request,
    settings: &mut Settings,
    read: impl Fn(Item) -> Read,
    platform: &mut P,
) -> (Response<Body<P::Body>>, LogLine) {
    let now = platform.now();
    let mut line = LogLine::begin(now, &request.method);
    let outcome = (settings.in_force(read, now))
        .and_then(|settings| decide(request, settings, platform, &mut line));
    let response = outcome.unwrap_or_else(|denial| {
        line.denied(&denial);
        answer::denied(&denial)
    });
    line.status(response.status());
    (response, line)
}

/// Route and credential: whose request is this, and is it for the edge to decide?
fn decide<P: Platform>(
    request: &Request,
    settings: InForce<'_>,
    platform: &mut P,
    line: &mut LogLine,
) -> Result<Response<Body<P::Body>>, Denial> {
    let segments = request.segments().ok_or(Denial::RouteUnknown)?;
    let routed = route::find(settings.policy, &segments, request.method.as_str())?;
    line.route(routed.route.path.as_str());

    let passes = |kind| routed.route.passes.contains(&kind);
    match credential::find(request)? {
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
            line.system(System::Azat);
            match passes(Passage::Jwt) {
                true => origin::pass(platform, request, &segments),
                false => authorize(request, token, &routed, settings, platform, line),
            }
        }
    }
}

/// Verification and gates: may this user have this file?
fn authorize<P: Platform>(
    request: &Request,
    token: BearerToken<'_>,
    routed: &Routed<'_, '_>,
    InForce { policy, keys }: InForce<'_>,
    platform: &mut P,
    line: &mut LogLine,
) -> Result<Response<Body<P::Body>>, Denial> {
    let user = azat::verify(token.token(), routed.route, policy, keys, platform.now())?;
    line.principal(&user);

    let id = FileId::of(
        request,
        routed.captures.get("uuid"),
        &policy.default_catalog,
    )?;
    line.file(&id);

    let caller = Caller {
        policy,
        token,
        user: &user,
    };
    let entitlement = origin::entitlement(platform, &caller)?;
    gate::session::check(&user, &entitlement)?;
    let admits = |file: &FileRecord| Grant::decide(&user, &entitlement, file).is_ok();
    let file = origin::file(platform, &caller, &id, admits)?;
    let grant = Grant::decide(&user, &entitlement, &file)?;

    match routed.route.answer {
        Action::File(how) => deliver(platform, &caller, &grant, how, request),
        Action::Fetch => {
            let response = deliver(platform, &caller, &grant, Delivery::Redirect, request)?;
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
        Plan::Repository(call) => fallback::deliver(platform, caller, &call, grant.file()),
    }
}

#[cfg(test)]
mod tests;
