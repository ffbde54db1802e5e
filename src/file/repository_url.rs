//! The URL of a file in the underlying repository.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// An `https` URL (or `http` on the loopback interface, for tests) without user or fragment.
/// Whether an access token may go there is for the policy to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Url", into = "Url")]
pub struct RepositoryUrl(Url);

/// Why a URL is not one of a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an https URL without user and fragment")]
pub struct NotARepositoryUrl;

impl RepositoryUrl {
    /// The URL.
    pub fn as_url(&self) -> &Url {
        &self.0
    }
}

impl TryFrom<Url> for RepositoryUrl {
    type Error = NotARepositoryUrl;

    fn try_from(url: Url) -> Result<Self, Self::Error> {
        let loopback = match url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            _ => false,
        };
        let transport = url.scheme() == "https" || (url.scheme() == "http" && loopback);
        let bare =
            url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        match transport && bare {
            true => Ok(Self(url)),
            false => Err(NotARepositoryUrl),
        }
    }
}

impl From<RepositoryUrl> for Url {
    fn from(url: RepositoryUrl) -> Self {
        url.0
    }
}

#[cfg(test)]
mod tests;
