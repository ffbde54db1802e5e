//! The log: one line per request.

use http::{Method, StatusCode};
use serde::Serialize;

use crate::denial::Denial;
use crate::file::FileId;
use crate::time::UnixTime;
use crate::trail::Trail;

/// What is logged of a request.
///
/// No member of it can hold a credential: texts are the program's own or the policy's, identifiers
/// follow a grammar in which no bearer token fits, and a subject appears only as a part of its
/// hash.
#[derive(Debug, Serialize)]
pub struct LogLine<'t> {
    time: UnixTime,
    method: &'static str,
    route: Option<&'t str>,
    system: &'t str,
    status: u16,
    /// The reason code of a denial.
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'t str>,
    /// Whether an operator has to do something about it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    alarm: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'t FileId>,
}

impl<'t> LogLine<'t> {
    /// The line about a request that left this trail, and was answered with this status.
    pub fn of(trail: &'t Trail, status: StatusCode) -> Self {
        let user = trail.principal().and_then(|principal| principal.user());
        Self {
            time: trail.time(),
            method: known(trail.method()),
            route: trail.route(),
            system: trail.system(),
            status: status.as_u16(),
            reason: trail.denial().map(Denial::log_code),
            cause: trail.denial().and_then(Denial::cause),
            alarm: trail.denial().is_some_and(Denial::is_alarm),
            subject: user.map(|user| user.cache_key().abbreviated().to_owned()),
            file: trail.file(),
        }
    }

    /// The line as JSON, without a line feed.
    pub fn to_json(&self) -> String {
        // Strings, numbers and string-keyed members: none of serde_json's failures can occur.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A method is a client's own text; only the known ones are logged.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        "PATCH" => "PATCH",
        _ => "other",
    }
}
