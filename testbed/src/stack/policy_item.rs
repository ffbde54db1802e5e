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
mod tests {
    use super::*;

    fn places(repository_host: Option<&str>) -> Places {
        Places {
            edge: "http://127.0.0.1:1".to_owned(),
            mirror: "http://127.0.0.1:2".to_owned(),
            repository_host: repository_host.map(str::to_owned),
        }
    }

    #[test]
    fn nothing_of_the_operators_own_is_left() {
        let mut theirs = shipped_policy().unwrap();
        theirs.base_url = "https://service.example".parse().unwrap();
        theirs.default_catalog = Catalog::parse("theirs").unwrap();
        theirs.mirror.redirect_base = Some("https://mirror.example/".parse().unwrap());
        theirs.repository.hosts.push(RepositoryHost {
            host: "data.example".to_owned(),
            backend: "theirs".to_owned(),
        });
        theirs.profiles.get_mut("azat").unwrap().issuer = Some("https://issuer.example".to_owned());
        for host in [None, Some("127.0.0.1:3")] {
            assert_eq!(
                policy_item(theirs.clone(), &places(host)).unwrap(),
                policy_item(shipped_policy().unwrap(), &places(host)).unwrap()
            );
        }
    }

    #[test]
    fn a_stack_with_sessions_reaches_its_repository() {
        let hosts = |host| {
            let item = policy_item(shipped_policy().unwrap(), &places(host)).unwrap();
            Policy::from_compact(&item).unwrap().repository.hosts
        };
        assert!(hosts(None).is_empty());
        assert_eq!(hosts(Some("127.0.0.1:3"))[0].host, "127.0.0.1:3");
    }

    #[test]
    fn a_policy_that_a_change_broke_is_refused() {
        let mut broken = shipped_policy().unwrap();
        broken.profiles.clear();
        assert!(policy_item(broken, &places(None)).is_err());
    }
}
