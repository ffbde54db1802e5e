//! The gateway: the whole life of a request, from top to bottom.

pub(crate) mod refusal;

use azat_policy::Served;
use http::{Method, Response};

use crate::answer::Body;
use crate::credential::{self, Means};
use crate::delivery::{self, Doubt, Order, Undelivered};
use crate::denial::Denial;
use crate::gate;
use crate::origin::{self, Inquiry, Requester};
use crate::platform::Platform;
use crate::problem;
use crate::request::{Request, Unreadable};
use crate::resource::{self, Resource};
use crate::route;
use crate::sandbox::Sandbox;
use crate::settings::InForce;
use crate::time::UnixTime;
use crate::trail::Trail;

/// Answers a request: exactly once, whatever happens. Yields the answer, and the request's trail.
pub fn respond<P: Platform>(
    request: &Request,
    sandbox: &mut Sandbox,
    platform: &mut P,
) -> (Response<Body<P::Body>>, Trail) {
    let mut trail = Trail::begin(platform.now(), &request.method);
    let outcome = decide(request, sandbox, platform, &mut trail);
    ended(outcome, trail, || platform.random())
}

/// Answers what cannot be read as a request.
pub fn refuse<B>(
    Unreadable(expected): Unreadable,
    method: &Method,
    now: UnixTime,
) -> (Response<Body<B>>, Trail) {
    let denial = Denial::from(&refusal::TARGET_INVALID).detailed(expected);
    ended(Err(denial), Trail::begin(now, method), || NEVER_AGAIN)
}

/// Answers a request at which the program broke, at that place of its code.
pub fn apologise<B>(place: String, method: &Method, now: UnixTime) -> (Response<Body<B>>, Trail) {
    let denial = Denial::from(&refusal::PROGRAM_BROKE).because(place);
    ended(Err(denial), Trail::begin(now, method), || NEVER_AGAIN)
}

/// What needs no number to come back at a time of its own: it need not come back at all.
const NEVER_AGAIN: u32 = 0;

/// The one answer to a request, and its trail.
fn ended<B>(
    outcome: Result<Response<Body<B>>, Denial>,
    mut trail: Trail,
    random: impl FnOnce() -> u32,
) -> (Response<Body<B>>, Trail) {
    let answer = trail
        .ended(outcome)
        .unwrap_or_else(|denial| problem::answer(&denial, random()));
    (answer, trail)
}

fn decide<P: Platform>(
    request: &Request,
    Sandbox { settings, memory }: &mut Sandbox,
    platform: &mut P,
    trail: &mut Trail,
) -> Result<Response<Body<P::Body>>, Denial> {
    // Route: is anything served here?
    let now = trail.time();
    let InForce { policy, keys } = settings.in_force(platform, now)?;
    let segments = request.segments().ok_or(&route::UNKNOWN)?;
    let routed = trail.routed(route::find(policy, &segments, request.method.as_str()))?;
    let (accepts, how) = match &routed.route.served {
        Served::Files { accepts, delivery } => (accepts, *delivery),
        Served::Backend { passes } => {
            trail.passed(credential::pass(request, passes))?;
            return origin::pass(platform, request, &segments);
        }
    };

    // Credential: whose request is this?
    let mut means = Means {
        now,
        keys,
        memory,
        stores: platform,
    };
    let identified = credential::identify(request, policy, accepts, &mut means);
    let identity = trail.identified(identified)?;

    // Gates: may this service do this at all, and this user have this file?
    let service_pass = gate::service::open(&identity.principal, &accepts.services)?;
    let Resource { file: id, name } =
        trail.named(resource::file(request, &routed.captures, policy))?;
    let requester = Requester::of(&identity, policy)?;
    let mut inquiry = Inquiry::begin(platform, &requester, &id);
    let entitlement = inquiry.entitlement(platform)?;
    let unrevoked = gate::session::open(requester.user, &entitlement)?;
    let file = inquiry.file(platform, &entitlement)?;
    let grant = gate::user::open(service_pass, &unrevoked, &file)?;

    // Delivery: how does the file get to its reader?
    let order = Order {
        request,
        how,
        name: name.as_ref(),
    };
    let denial = match delivery::deliver(platform, &requester, &grant, &order) {
        Err(Undelivered::Contradicted(denial)) => denial,
        delivered => return delivered.map_err(Denial::from),
    };

    // Whoever should have it has another: the record may be old. What does the origin say now?
    let anew = inquiry.file_anew(platform)?;
    let grant = gate::user::open(service_pass, &unrevoked, &anew)?;
    let file = &file.document;
    let doubt = Doubt { file, denial };
    delivery::deliver_in_spite_of(doubt, platform, &requester, &grant, &order)
}

#[cfg(test)]
mod tests;
