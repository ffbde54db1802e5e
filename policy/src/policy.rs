//! The policy as a whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use url::Url;

#[cfg(feature = "fixed-header")]
use crate::FixedHeader;
use crate::loopback::is_loopback;
use crate::written::WrittenRoute;
use crate::{Catalog, Fault, Patience, Profile, Route};

/// Everything the edge is told by its operator. Holds no secrets.
///
/// `R` is a route: one that has been checked, except inside this crate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy<R = Route> {
    /// The service as its users reach it: scheme and host, no path.
    pub base_url: Url,
    /// The catalog of a request that names none.
    pub default_catalog: Catalog,
    /// Lets `base_url` and redirects be `http` on the loopback interface. For tests only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub allow_loopback: bool,
    /// The mirror that holds the files.
    #[serde(default)]
    pub mirror: Mirror,
    /// The underlying repositories that hold what is not mirrored.
    #[serde(default, skip_serializing_if = "Repository::is_empty")]
    pub repository: Repository,
    /// How long the origin's documents may be used.
    pub freshness: Freshness,
    /// How long the edge waits for the origin.
    #[serde(default, skip_serializing_if = "Patience::is_default")]
    pub patience: Patience,
    /// The kinds of token that are believed, by name.
    pub profiles: BTreeMap<String, Profile>,
    /// The fixed headers that are believed, by name.
    #[cfg(feature = "fixed-header")]
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fixed_headers: BTreeMap<String, FixedHeader>,
    /// What is served, in order: the first route whose path and method match decides.
    pub routes: Vec<R>,
}

/// The mirror that holds the files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mirror {
    /// Where a client is sent for a file: `https`, ends with `/`, on another host than `base_url`,
    /// so that a client drops its credential on the way. Needed by routes that redirect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_base: Option<Url>,
}

/// The underlying repositories that hold what is not mirrored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repository {
    /// The hosts to which a user's access token may be sent, and no others.
    #[serde(default)]
    pub hosts: Vec<RepositoryHost>,
}

/// A host to which a user's access token may be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepositoryHost {
    /// Host, and port where it is not the scheme's own, as in `data.terra.bio`.
    pub host: String,
    /// The backend that reaches it.
    pub backend: String,
}

impl Repository {
    fn is_empty(&self) -> bool {
        self.hosts.is_empty()
    }

    /// The backend for a URL: `None` where no access token may go.
    pub fn backend_for(&self, url: &Url) -> Option<&str> {
        let host = match (url.host_str()?, url.port()) {
            (host, Some(port)) => format!("{host}:{port}"),
            (host, None) => host.to_owned(),
        };
        let known = self.hosts.iter().find(|known| known.host == host)?;
        Some(&known.backend)
    }
}

/// The longest that the origin's documents may be used, whatever they say of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freshness {
    /// What a subject may read.
    pub entitlement: Period,
    /// Where a file is and to which source it belongs.
    pub file: Period,
}

/// For how long one kind of document may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Without asking the origin again, in seconds.
    pub fresh_seconds: u32,
    /// After that, while the origin cannot be reached, in seconds.
    pub stale_seconds: u32,
}

impl Policy {
    /// Reads the compact form: JSON, at most 8,000 characters in a Config Store.
    ///
    /// # Errors
    /// Text that is not a policy, or a policy that does not hold together.
    pub fn from_compact(json: &str) -> Result<Self, Fault> {
        // From bytes, as all other JSON that the edge reads: its program has one reader, not two.
        let policy: Policy<WrittenRoute> = serde_json::from_slice(json.as_bytes())
            .map_err(|error| Fault::at("", error.to_string()))?;
        policy.check()
    }

    /// Writes the compact form.
    pub fn to_compact(&self) -> String {
        // Only strings, numbers and string-keyed maps: none of serde_json's failures can occur.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl<R> Policy<R> {
    /// The same policy with these routes.
    pub(crate) fn with_routes<S>(self, routes: Vec<S>) -> Policy<S> {
        Policy {
            base_url: self.base_url,
            default_catalog: self.default_catalog,
            allow_loopback: self.allow_loopback,
            mirror: self.mirror,
            repository: self.repository,
            freshness: self.freshness,
            patience: self.patience,
            profiles: self.profiles,
            #[cfg(feature = "fixed-header")]
            fixed_headers: self.fixed_headers,
            routes,
        }
    }

    /// Whether a client may be sent to `url`: safely, and away from this service, so that it leaves
    /// its credential behind.
    pub fn may_redirect_to(&self, url: &Url) -> bool {
        let on_loopback = self.allow_loopback && is_loopback(url) && is_loopback(&self.base_url);
        // Before 7.83, curl took a custom Authorization field along to another port of the same
        // host.
        let elsewhere = match on_loopback {
            true => url.origin() != self.base_url.origin(),
            false => url.host() != self.base_url.host(),
        };
        let safely = url.scheme() == "https" || (on_loopback && url.scheme() == "http");
        safely && elsewhere && url.username().is_empty() && url.password().is_none()
    }
}
