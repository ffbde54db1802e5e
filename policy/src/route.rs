//! A route: which requests it takes, whose, and what it serves.

use serde::{Deserialize, Serialize};

use crate::PathPattern;

/// One row of the route table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The paths it takes.
    pub path: PathPattern,
    /// The methods it takes; others are answered with 405.
    pub methods: Vec<Method>,
    /// What it serves.
    pub served: Served,
}

/// What a route serves, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Served {
    /// The file named by the path parameter `uuid` and the query, once the edge has decided.
    Files {
        /// Whose requests it decides on.
        accepts: Accepts,
        /// How the file reaches the client.
        delivery: Delivery,
    },
    /// Whatever the origin answers: it decides, and the edge verifies nothing.
    Backend {
        /// The kinds of request that it gets, at least one.
        passes: Vec<Passage>,
    },
}

/// The credentials that a route verifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepts {
    /// Names of tables of the credential systems, at least one, in the route's order.
    pub names: Vec<String>,
    /// What several credentials of one request come to.
    pub combine: Combine,
    /// The services that may use the route. A request that proves none needs none.
    pub services: Vec<String>,
}

/// What several credentials of one request come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// One that proves a service and one that proves a user are joined; two of one half are
    /// refused.
    #[default]
    OnePerHalf,
    /// The first in the route's order that is there decides, and the others are not looked at.
    First,
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

impl Passage {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Anonymous, Self::Google, Self::Jwt];

    /// The kind's name, in policies and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Google => "google",
            Self::Jwt => "jwt",
        }
    }
}

/// How a file reaches the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Through the edge.
    Stream,
    /// From the mirror itself, after a redirect.
    Redirect,
    /// As [`Delivery::Redirect`], but Azul's way: 200 with `{"Status":302,"Location":…}`.
    Fetch,
}
