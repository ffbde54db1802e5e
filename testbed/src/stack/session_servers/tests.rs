//! Tests of [`super`].

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
