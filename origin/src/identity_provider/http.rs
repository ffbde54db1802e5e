//! Requests to the provider: bounded in time and size, never redirected.

use std::time::Duration;

use axum::http::StatusCode;
use reqwest::redirect;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::deadline::Late;
use super::fault::ProviderFault;

/// The longest that one question to the provider takes, connecting included.
pub(super) const PATIENCE: Duration = Duration::from_secs(4);
const CONNECT_PATIENCE: Duration = Duration::from_secs(3);
/// The longest answer that is read, in bytes; a JWK set has some thousands.
const MAXIMUM_LENGTH: usize = 64 * 1024;

/// The client, with the connections it keeps.
pub(super) struct Http(reqwest::Client);

/// A whole answer.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    body: Vec<u8>,
}

impl Http {
    /// A client. A provider on the loopback interface is never looked for behind a proxy.
    pub(super) fn new(loopback: bool) -> Result<Self, reqwest::Error> {
        // Fails when there is a default already, which is just as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = reqwest::Client::builder()
            .connect_timeout(CONNECT_PATIENCE)
            .timeout(PATIENCE)
            .redirect(redirect::Policy::none());
        let builder = match loopback {
            true => builder.no_proxy(),
            false => builder.https_only(true),
        };
        Ok(Self(builder.build()?))
    }

    pub(super) fn get(&self, url: &url::Url) -> reqwest::RequestBuilder {
        self.0.get(url.clone())
    }

    pub(super) fn post(&self, url: &url::Url) -> reqwest::RequestBuilder {
        self.0.post(url.clone())
    }
}

/// Sends a request and reads the answer to its end. A server error is no answer.
pub(super) async fn ask(request: reqwest::RequestBuilder) -> Result<Answer, ProviderFault> {
    let mut response = request.send().await.map_err(|fault| unavailable(&fault))?;
    let status = response.status();
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        return Err(ProviderFault::Unavailable("it asks to come back later"));
    }
    let mut body = Vec::new();
    while let Some(chunk) = (response.chunk().await).map_err(|fault| unavailable(&fault))? {
        if body.len() + chunk.len() > MAXIMUM_LENGTH {
            return Err(ProviderFault::Unavailable("its answer is too long"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, body })
}

impl Answer {
    /// The `error` that it names (RFC 6749, 5.2), whatever its status: some say so with a 200.
    pub(super) fn error(&self) -> Option<String> {
        #[derive(Deserialize)]
        struct ErrorResponse {
            error: String,
        }
        let response: ErrorResponse = self.json().ok()?;
        Some(response.error)
    }

    /// Reads the body as JSON.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, ProviderFault> {
        serde_json::from_slice(&self.body).map_err(|_| NOT_UNDERSTOOD)
    }
}

/// An answer that is not what the standards say.
pub(super) const NOT_UNDERSTOOD: ProviderFault =
    ProviderFault::Unavailable("its answer is not understood");

/// The error's own text would show the URL, which may hold a token.
fn unavailable(fault: &reqwest::Error) -> ProviderFault {
    ProviderFault::Unavailable(if fault.is_timeout() {
        Late::WHY
    } else if fault.is_connect() {
        "it cannot be reached"
    } else {
        "the connection broke"
    })
}
