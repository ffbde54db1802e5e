//! The testbed's Google as the identity provider of a service.

use azat_testbed::{Fault, Google, Pkce};
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::identity_provider::{IdentityProvider, Settings};
use crate::samples::until;

/// The user whose row the fixture has.
pub(super) const USER: &str = "105096702580025601450";
const REDIRECT_URI: &str = "http://localhost/callback";

/// Part of what it says about errors; must appear nowhere else.
pub(super) const ERROR_TEXT: &str = "an error text of the provider";

pub(super) const NOT_JSON: Fault = Fault::Answer {
    status: 200,
    body: ERROR_TEXT,
};
pub(super) const TOO_LONG: Fault = Fault::Answer {
    status: 200,
    body: match str::from_utf8(&[b' '; 65 * 1024]) {
        Ok(blanks) => blanks,
        Err(_) => "",
    },
};
pub(super) const REDIRECT: Fault = Fault::Redirect {
    to: Google::JWK_SET_PATH,
};
pub(super) const INCOMPLETE: Fault = Fault::Answer {
    status: 200,
    body: r#"{"token_type":"Bearer"}"#,
};

/// An error with that status and `error` (RFC 6749, 5.2).
pub(super) fn error(status: u16, error: &str) -> Fault {
    let body = json!({"error": error, "error_description": ERROR_TEXT});
    Fault::Answer {
        status,
        // A fault lives as long as the test program.
        body: body.to_string().leak(),
    }
}

/// The service's side of the provider.
pub(super) fn client(google: &Google) -> IdentityProvider {
    let directory = tempdir().unwrap();
    let settings = google
        .write_client_settings(directory.path(), REDIRECT_URI)
        .unwrap();
    IdentityProvider::new(Settings::read(&settings).unwrap()).unwrap()
}

/// What a client brings to `/user/authorize` after that user has signed in.
pub(super) fn sign_in_body(google: &Google, user: &str) -> Value {
    let pkce = Pkce::generate();
    let code = google.issue_code(user, REDIRECT_URI, &pkce.challenge());
    json!({
        "code": code.reveal(),
        "code_verifier": pkce.verifier().reveal(),
        "redirect_uri": REDIRECT_URI,
    })
}

/// The access tokens that were issued so far, in order.
pub(super) fn access_tokens(google: &Google) -> Vec<String> {
    let issued = google.issued_tokens();
    let tokens = issued.iter().map(|token| token.reveal().to_owned());
    tokens.filter(|token| token.starts_with("ya29.")).collect()
}

/// How often an access token was asked for with a refresh token.
pub(super) fn refreshes_asked(google: &Google) -> usize {
    google.token_requests("refresh_token").len()
}

/// Waits until one has been asked for that way.
pub(super) async fn until_a_refresh_is_asked(google: &Google) {
    until("a refresh is asked for", || refreshes_asked(google) > 0).await;
}
