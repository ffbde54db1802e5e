//! The servers that only a stack with sessions has: Google, and the repository that trusts it.

use std::path::PathBuf;

use super::run_directory::RunDirectory;
use crate::error::Result;
use crate::error::create_directory;
use crate::google::Google;
use crate::repository::Repository;
use crate::token::UsedTokens;
use crate::user::User;

/// Where the client is after a sign-in; nobody listens there.
pub(crate) const REDIRECT_URI: &str = "http://localhost/callback";

/// What a stack with sessions has besides.
pub(crate) struct SessionServers {
    pub(crate) google: Google,
    pub(crate) repository: Repository,
    /// The settings with which the origin finds Google.
    pub(crate) identity_provider: PathBuf,
}

impl SessionServers {
    /// Starts both, and writes the origin's settings.
    pub(crate) fn start(run: &RunDirectory, user: &User, used: &UsedTokens) -> Result<Self> {
        let google = Google::start_remembered(used.clone())?;
        google.set_issuer(&user.issuer);
        let directory = run.repository();
        create_directory(&directory)?;
        let repository = Repository::start(&directory, &google, used.clone())?;
        let identity_provider = google.write_client_settings(run.path(), REDIRECT_URI)?;
        Ok(Self {
            google,
            repository,
            identity_provider,
        })
    }

    /// Cuts all connections, for good.
    pub(crate) fn stop(&self) {
        self.google.stop();
        self.repository.stop();
        self.repository.storage().stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml::Table;

    #[test]
    fn the_origin_is_told_where_google_is() {
        let run = RunDirectory::create().unwrap();
        let sessions = SessionServers::start(&run, &User::demo(), &UsedTokens::default()).unwrap();
        let told: Table = std::fs::read_to_string(&sessions.identity_provider)
            .unwrap()
            .parse()
            .unwrap();
        let url = sessions.google.url();
        let text = |name: &str| told[name].as_str().unwrap().to_owned();
        assert_eq!(text("issuer"), "https://accounts.google.com");
        assert_eq!(text("client_id"), sessions.google.client_id());
        assert_eq!(text("token_endpoint"), format!("{url}/token"));
        assert_eq!(text("jwks_uri"), format!("{url}/oauth2/v3/certs"));
        assert_eq!(
            told["redirect_uris"].as_array().unwrap()[0].as_str(),
            Some(REDIRECT_URI)
        );
        assert_eq!(told["allow_loopback"].as_bool(), Some(true));
        let secret = std::fs::read_to_string(text("client_secret_file")).unwrap();
        assert_eq!(secret, sessions.google.client_secret().reveal());
        // A secret stands in its own file only.
        let toml = std::fs::read_to_string(&sessions.identity_provider).unwrap();
        assert!(!toml.contains(&secret));
    }
}
