use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::error::{create_directory, write};
use crate::google::{JWK_SET_PATH, TOKEN_PATH, TOKENINFO_PATH, USERINFO_PATH};
use crate::run_directory::RunDirectory;
use crate::token::UsedTokens;
use crate::{Google, Repository, Result, User};

/// Where the client is after a sign-in; nobody listens there.
pub(crate) const REDIRECT_URI: &str = "http://localhost/callback";

/// What a stack with sessions has besides.
pub(crate) struct Sessions {
    pub(crate) google: Google,
    pub(crate) repository: Repository,
    /// The file that tells the origin of Google.
    pub(crate) identity_provider: PathBuf,
}

impl Sessions {
    /// Starts both, and writes the origin's settings.
    pub(crate) fn start(run: &RunDirectory, user: &User, used: &UsedTokens) -> Result<Self> {
        let google = Google::start(used.clone())?;
        google.set_issuer(&user.issuer);
        let directory = run.repository();
        create_directory(&directory)?;
        let repository = Repository::start(&directory, &google, used.clone())?;
        let secret_file = run.file("client-secret");
        write(&secret_file, google.client_secret().reveal())?;
        let identity_provider = run.file("identity-provider.toml");
        let settings = settings(&google, &user.issuer, &secret_file);
        write(&identity_provider, settings.to_string())?;
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

/// What `azat serve --identity-provider` reads.
fn settings(google: &Google, issuer: &str, secret_file: &Path) -> Table {
    let endpoint = |path: &str| Value::from(format!("{}{path}", google.url()));
    let secret_file = secret_file.to_string_lossy();
    [
        ("issuer", Value::from(issuer)),
        ("client_id", Value::from(google.client_id())),
        ("client_secret_file", Value::from(secret_file.as_ref())),
        ("token_endpoint", endpoint(TOKEN_PATH)),
        ("tokeninfo_endpoint", endpoint(TOKENINFO_PATH)),
        ("userinfo_endpoint", endpoint(USERINFO_PATH)),
        ("jwks_uri", endpoint(JWK_SET_PATH)),
        ("redirect_uris", Value::from(vec![REDIRECT_URI])),
        ("allow_loopback", Value::from(true)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into_iter()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_is_told_where_google_is() {
        let run = RunDirectory::create().unwrap();
        let sessions = Sessions::start(&run, &User::demo(), &UsedTokens::default()).unwrap();
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
