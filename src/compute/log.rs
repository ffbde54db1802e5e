//! The log endpoint.

use std::io::Write as _;

use azat_edge::log::LogLine;
use azat_edge::trail::Trail;
use fastly::log::Endpoint;
use http::StatusCode;

/// The endpoint's name.
const ENDPOINT: &str = "requests";

/// Writes the line of a request that was answered with this status. A lost line must not cost a
/// request.
pub(super) fn write(trail: &Trail, status: StatusCode) {
    if let Ok(mut endpoint) = Endpoint::try_from_name(ENDPOINT) {
        let line = LogLine::of(trail, status).to_json();
        let _ = endpoint.write_all(line.as_bytes());
    }
}
