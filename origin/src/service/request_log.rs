//! One line of the log for each request.

use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use azat_edge::time::UnixTime;
use serde::Serialize;

use crate::log::Log;

/// What the log says of a refusal: travels with the response, unseen by the client.
#[derive(Debug, Clone)]
pub(super) struct Logged {
    /// The public reason code.
    pub(super) reason: &'static str,
    /// The whole truth, without anything that the client sent.
    pub(super) cause: String,
}

/// Travels with a response that is no news: of such a request there is no line.
#[derive(Debug, Clone, Copy)]
pub(super) struct NoNews;

/// A line. There is no place in it for a path, a query or a header: these may hold a capability or
/// a credential.
#[derive(Serialize)]
struct Line<'r> {
    time: UnixTime,
    method: &'r str,
    /// The pattern that the path matched.
    route: &'r str,
    status: u16,
    reason: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'r str>,
    ms: u128,
}

/// The same routes, with a line for each request that reaches them or misses them.
pub fn logged(router: Router, log: Log) -> Router {
    router.layer(middleware::from_fn_with_state(log, line))
}

/// Logs a request when its response is ready to be sent.
async fn line(State(log): State<Log>, request: Request, next: Next) -> Response {
    let (time, begin) = (UnixTime::now(), Instant::now());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    if response.extensions().get::<NoNews>().is_some() {
        return response;
    }
    let logged = response.extensions().get::<Logged>();
    log.line(&Line {
        time,
        method: method.as_str(),
        route: route.as_ref().map_or("unmatched", MatchedPath::as_str),
        status: response.status().as_u16(),
        reason: logged.map(|logged| logged.reason),
        cause: logged.map(|logged| logged.cause.as_str()),
        ms: begin.elapsed().as_millis(),
    });
    response
}
