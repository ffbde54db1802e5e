//! What an operator writes down to have users sign in at this Google.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::Google;
use crate::error::Result;
use crate::error::write;
use crate::lock::whole;

impl Google {
    /// Writes the file that `azat serve --identity-provider` reads, and the client's secret beside
    /// it. Gives back where the file is. Users come back to `redirect_uri`.
    pub fn write_client_settings(&self, directory: &Path, redirect_uri: &str) -> Result<PathBuf> {
        let secret_file = directory.join("client-secret");
        write(&secret_file, self.client_secret().reveal())?;
        let endpoint = |path: &str| Value::from(format!("{}{path}", self.url()));
        let secret_file = secret_file.to_string_lossy();
        let issuer = whole(&self.provider.id_tokens).issuer().to_owned();
        let settings = [
            ("issuer", Value::from(issuer)),
            ("client_id", Value::from(self.client_id())),
            ("client_secret_file", Value::from(secret_file.as_ref())),
            ("token_endpoint", endpoint(Self::TOKEN_PATH)),
            ("tokeninfo_endpoint", endpoint(Self::TOKENINFO_PATH)),
            ("userinfo_endpoint", endpoint(Self::USERINFO_PATH)),
            ("jwks_uri", endpoint(Self::JWK_SET_PATH)),
            ("redirect_uris", Value::from(vec![redirect_uri])),
            ("allow_loopback", Value::from(true)),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value));
        let file = directory.join("identity-provider.toml");
        write(&file, Table::from_iter(settings).to_string())?;
        Ok(file)
    }
}
