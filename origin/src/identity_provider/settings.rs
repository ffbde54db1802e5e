//! Which identity provider, and as which of its clients: a TOML file of the operator's.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;
use url::{Host, Url};

use crate::secret::Secret;

const GOOGLE: &str = "https://accounts.google.com";

/// The settings, checked.
#[derive(Debug)]
pub struct Settings {
    pub(super) issuer: String,
    pub(super) client_id: String,
    pub(super) client_secret: Secret,
    pub(super) token_endpoint: Url,
    pub(super) tokeninfo_endpoint: Url,
    pub(super) userinfo_endpoint: Url,
    pub(super) jwks_uri: Url,
    pub(super) redirect_uris: Vec<String>,
    pub(super) allow_loopback: bool,
}

/// The file, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingsFile {
    #[serde(default = "google")]
    issuer: String,
    client_id: String,
    client_secret_file: PathBuf,
    token_endpoint: Option<Url>,
    tokeninfo_endpoint: Option<Url>,
    userinfo_endpoint: Option<Url>,
    jwks_uri: Option<Url>,
    redirect_uris: Vec<String>,
    #[serde(default)]
    allow_loopback: bool,
}

fn google() -> String {
    GOOGLE.to_owned()
}

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsFault {
    /// A file cannot be read.
    #[error("cannot read {}: {fault}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        fault: io::Error,
    },
    /// The file is not TOML, or has other members.
    #[error("{}, line {line}: {message}", .path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What was expected. Without the line's text, which may hold a secret in the wrong place.
        message: String,
    },
    /// A value is not as it should be.
    #[error("{}: {name}: expected {expected}", .path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// The member.
        name: &'static str,
        /// What was expected of it.
        expected: &'static str,
    },
}

impl Settings {
    /// Reads the file at `path`. The client secret's file is looked for beside it.
    ///
    /// # Errors
    /// [`SettingsFault`].
    pub fn read(path: &Path) -> Result<Self, SettingsFault> {
        let text = read(path)?;
        let file: SettingsFile =
            toml::from_str(&text).map_err(|fault| SettingsFault::Malformed {
                path: path.to_owned(),
                line: 1 + text[..fault.span().map_or(0, |span| span.start)]
                    .matches('\n')
                    .count(),
                message: fault.message().to_owned(),
            })?;
        let directory = path.parent().unwrap_or(Path::new(""));
        let secret = read(&directory.join(&file.client_secret_file))?;
        file.checked(&secret)
            .map_err(|(name, expected)| SettingsFault::Value {
                path: path.to_owned(),
                name,
                expected,
            })
    }
}

impl SettingsFile {
    /// The settings, or the name of a member and what was expected of it.
    fn checked(self, client_secret: &str) -> Result<Settings, (&'static str, &'static str)> {
        let loopback = self.allow_loopback;
        let issuer_url = Url::parse(&self.issuer).map_err(|_| ("issuer", "a URL"))?;
        checked_url("issuer", issuer_url, loopback)?;
        if self.client_id.is_empty() {
            return Err(("client_id", "the client's name at the provider"));
        }
        let client_secret = client_secret.trim_ascii_end();
        if client_secret.is_empty() {
            return Err(("client_secret_file", "a file with the client's secret"));
        }
        if self.redirect_uris.is_empty() {
            return Err(("redirect_uris", "where users may come back to"));
        }
        // Our secret goes there: Google's endpoints are the default for Google alone.
        let googles = self.issuer == GOOGLE;
        let endpoint = |name, own: Option<Url>, google: &str| match own {
            Some(own) => checked_url(name, own, loopback),
            None if googles => Url::parse(google).map_err(|_| (name, "a URL")),
            None => Err((name, "a URL: only Google's is known by itself")),
        };
        Ok(Settings {
            token_endpoint: endpoint(
                "token_endpoint",
                self.token_endpoint,
                "https://oauth2.googleapis.com/token",
            )?,
            tokeninfo_endpoint: endpoint(
                "tokeninfo_endpoint",
                self.tokeninfo_endpoint,
                "https://www.googleapis.com/oauth2/v3/tokeninfo",
            )?,
            userinfo_endpoint: endpoint(
                "userinfo_endpoint",
                self.userinfo_endpoint,
                "https://www.googleapis.com/oauth2/v3/userinfo",
            )?,
            jwks_uri: endpoint(
                "jwks_uri",
                self.jwks_uri,
                "https://www.googleapis.com/oauth2/v3/certs",
            )?,
            redirect_uris: self.redirect_uris,
            issuer: self.issuer,
            client_id: self.client_id,
            client_secret: Secret::new(client_secret),
            allow_loopback: loopback,
        })
    }
}

/// A URL that secrets may be sent to.
fn checked_url(
    name: &'static str,
    url: Url,
    allow_loopback: bool,
) -> Result<Url, (&'static str, &'static str)> {
    let local = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(domain)) => domain == "localhost",
        None => false,
    };
    let private = url.scheme() == "https" || (url.scheme() == "http" && local && allow_loopback);
    let bare = url.username().is_empty() && url.password().is_none();
    if !(private && bare && url.fragment().is_none()) {
        return Err((name, "an https URL without user and fragment"));
    }
    Ok(url)
}

fn read(path: &Path) -> Result<String, SettingsFault> {
    fs::read_to_string(path).map_err(|fault| SettingsFault::Unreadable {
        path: path.to_owned(),
        fault,
    })
}

#[cfg(test)]
mod tests;
