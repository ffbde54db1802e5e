//! Fastly Compute: the only code that knows the platform.

mod backend;
mod breakage;
mod cache;
mod client;
mod fields;
mod log;
mod platform;
mod store;

use azat_edge::gateway;
use azat_edge::platform::Platform as _;
use azat_edge::sandbox::Sandbox;
use fastly::Request;
use fastly::http::serve::{NextRequestOptions, RequestPromise};

use self::breakage::Progress;
use self::platform::Compute;

/// How many requests one sandbox serves. The platform allows an execution 32 Config Store lookups,
/// a request needs 2 at most, and it is not documented that they are counted anew for each request.
const REQUESTS_PER_SANDBOX: usize = 16;

/// How many backend requests the platform allows an execution, and how many one request needs at
/// most: an entitlement; an access token, the repository, a newer access token, and the repository
/// again; the file's record; the mirror; and once more the repository, with another newer token.
const BACKEND_REQUESTS: usize = 32;
const BACKEND_REQUESTS_OF_ONE: usize = 10;

/// Serves requests until the sandbox has done its share.
pub(crate) fn serve() {
    fastly::init();
    breakage::answer_from_now_on();
    let mut sandbox = Sandbox::new();
    let mut request = Request::from_client();
    let mut backend_requests = 0;
    for _ in 0..REQUESTS_PER_SANDBOX {
        let (handover, sent) = answer(request, &mut sandbox);
        backend_requests += sent;
        let is_spent = backend_requests + BACKEND_REQUESTS_OF_ONE > BACKEND_REQUESTS;
        // The next request comes only after this response is complete: the sandbox does not wait
        // for a long body.
        if is_spent || matches!(handover, client::Handover::Lasting) {
            return;
        }
        let promise = RequestPromise::new(&NextRequestOptions::default());
        match promise.and_then(RequestPromise::wait) {
            Ok(next) => request = next,
            Err(_) => return,
        }
    }
}

/// Answers one request, and logs it. Yields how the response is handed over, and how many backend
/// requests it took.
fn answer(received: Request, sandbox: &mut Sandbox) -> (client::Handover, usize) {
    let method = received.get_method().clone();
    breakage::note(Progress::Reading(method.clone()));
    let request = client::read(&received, &method);
    breakage::note(Progress::Deciding(method.clone()));
    let mut platform = Compute::new(received);
    let (response, trail) = match request {
        Ok(request) => gateway::respond(&request, sandbox, &mut platform),
        Err(unreadable) => gateway::refuse(unreadable, &method, platform.now()),
    };
    let status = response.status();
    breakage::note(Progress::Answered);
    let handover = client::send(response, &method);
    log::write(&trail, status);
    (handover, platform.backend_requests())
}
