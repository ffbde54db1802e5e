//! The policy of a stack: the shipped one, moved to the stack's addresses.

use azat_policy::{Catalog, Policy, RepositoryHost};
use url::Url;

use super::session_servers::SessionServers;
use crate::error::{Error, Result};
use crate::library::CATALOG;
use crate::mirror::Mirror;

/// The policy that the project ships, as its operator left it.
const SHIPPED: &str = include_str!("../../../policy.toml");

/// The shipped policy, for a change before [`Builder::policy`](crate::Builder::policy) takes it.
///
/// # Errors
/// [`Error::Malformed`] when that is no policy.
pub fn shipped_policy() -> Result<Policy> {
    Policy::from_toml(SHIPPED).map_err(Error::malformed("policy.toml"))
}

/// Where the policy of a stack leads.
pub(crate) struct Places {
    pub(crate) edge: String,
    pub(crate) mirror: String,
    /// Host and port, in a stack with sessions.
    pub(crate) repository_host: Option<String>,
}

impl Places {
    pub(crate) fn of(edge_url: &str, mirror: &Mirror, sessions: Option<&SessionServers>) -> Self {
        Self {
            edge: edge_url.to_owned(),
            mirror: mirror.url(),
            repository_host: sessions.map(|sessions| sessions.repository.host()),
        }
    }
}

/// The Config Store item `policy`: `policy` moved to these places, in the edge's compact form. What
/// operators fill in with their own is set here, so that a stack runs whatever they wrote.
pub(crate) fn policy_item(mut policy: Policy, places: &Places) -> Result<String> {
    policy.allow_loopback = true;
    policy.base_url = url(&places.edge)?;
    policy.default_catalog = Catalog::parse(CATALOG).map_err(Error::malformed("the catalog"))?;
    policy.mirror.redirect_base = Some(url(&format!("{}/", places.mirror))?);
    policy.repository.hosts = (places.repository_host.iter().cloned())
        .map(|host| RepositoryHost {
            host,
            backend: "repository".to_owned(),
        })
        .collect();
    if let Some(azat) = policy.profiles.get_mut("azat") {
        azat.issuer = Some(places.edge.clone());
    }
    let item = policy.to_compact();
    // A change may have broken it, which is better reported here than by the edge.
    Policy::from_compact(&item).map_err(Error::malformed("the policy"))?;
    Ok(item)
}

fn url(text: &str) -> Result<Url> {
    text.parse().map_err(Error::malformed("a URL of the stack"))
}

#[cfg(test)]
mod tests;
