//! The same loop as the edge's, with nothing in it.

use fastly::http::StatusCode;
use fastly::http::serve::{NextRequestOptions, RequestPromise};
use fastly::{Request, Response};

/// As many as the edge serves.
const REQUESTS_PER_SANDBOX: usize = 16;

/// The name of the backend.
const MIRROR: &str = "mirror";

/// Serves requests until the sandbox has done its share.
pub(crate) fn serve() {
    fastly::init();
    let mut request = Request::from_client();
    for _ in 0..REQUESTS_PER_SANDBOX {
        forward(request);
        let promise = RequestPromise::new(&NextRequestOptions::default());
        match promise.and_then(RequestPromise::wait) {
            Ok(next) => request = next,
            Err(_) => return,
        }
    }
}

/// Past the platform's HTTP cache, as the edge does.
fn forward(request: Request) {
    let answer = request.with_pass(true).send(MIRROR);
    let response = answer.unwrap_or_else(|_| Response::from_status(StatusCode::BAD_GATEWAY));
    response.send_to_client();
}
