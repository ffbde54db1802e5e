//! The gateway: the whole life of a request, from top to bottom.

use azat_policy::{Action, Passage};
use http::Response;

use crate::answer::{self, Body};
use crate::credential::{self, BearerToken, Credential, azat};
use crate::denial::Denial;
use crate::gate::Grant;
use crate::log::{LogLine, System};
use crate::origin;
use crate::platform::Platform;
use crate::repository::delivery::{self, Plan};
use crate::repository::{FileId, FileRecord, mirror};
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
            authorize(request, token, &routed, settings, platform, line)
        }
    }
}

/// Verification, gates and delivery: may this user have this file, and how does it get there?
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

    let entitlement = origin::entitlement(platform, policy, token, &user)?;
    let admits = |file: &FileRecord| Grant::decide(&user, &entitlement, file).is_ok();
    let file = origin::file(platform, policy, token, &id, admits)?;
    let grant = Grant::decide(&user, &entitlement, &file)?;

    let plan = match routed.route.answer {
        Action::File(how) => delivery::plan(&grant, how, &policy.mirror, request)?,
        Action::Fetch => Plan::Answer(delivery::fetch(&grant, &policy.mirror)?),
        // Never authorised here: the policy lets such a route accept no profile.
        Action::Origin => return Err(Denial::CredentialNotAccepted),
    };
    match plan {
        Plan::Answer(response) => Ok(response),
        Plan::Stream(call) => {
            let answer = platform
                .fetch_from_mirror(call.request())
                .map_err(mirror::unreachable)?;
            call.answer(grant.file(), answer)
        }
    }
}

#[cfg(test)]
mod tests;
