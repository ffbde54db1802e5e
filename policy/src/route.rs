//! A route: which requests it takes, whose, and what it answers.

use serde::{Deserialize, Serialize};

use crate::PathPattern;

/// One row of the route table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// The paths it takes.
    pub path: PathPattern,
    /// The methods it takes; others are answered with 405.
    pub methods: Vec<Method>,
    /// The profiles whose tokens it verifies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<String>,
    /// What it hands to the origin without verifying anything: the origin decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passes: Vec<Passage>,
    /// What it answers once a request is allowed.
    pub answer: Action,
}

/// A request method (RFC 9110, 9.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Delete,
    Options,
}

impl Method {
    /// The method's token, as in a request line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
        }
    }
}

/// A kind of request that the edge leaves to the origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Passage {
    /// No credential at all.
    Anonymous,
    /// A Google access token (`ya29.…`), which is opaque to anyone but Google.
    Google,
    /// Any other bearer token, which the origin verifies itself.
    Jwt,
}

/// What a route answers once a request is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// The file named by the path parameter `uuid` and the query.
    File(Delivery),
    /// Azul's emulated redirect: 200 with `{"Status":302,"Location":…}`.
    Fetch,
    /// Whatever the origin answers.
    Origin,
}

/// How a file reaches the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Delivery {
    /// Through the edge.
    Stream,
    /// From the mirror itself, after a redirect.
    Redirect,
}
