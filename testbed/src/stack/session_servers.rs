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
mod tests;
