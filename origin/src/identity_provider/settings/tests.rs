//! Tests of [`super`].

use std::fs;

use tempfile::tempdir;

use super::Settings;

const MINIMUM: &str = r#"
client_id = "azat.apps.example"
client_secret_file = "secret"
redirect_uris = ["http://localhost/callback"]
"#;

fn read(text: &str) -> Result<Settings, String> {
    let directory = tempdir().unwrap();
    fs::write(directory.path().join("secret"), "s3cret\n").unwrap();
    fs::write(directory.path().join("empty"), "\n").unwrap();
    let path = directory.path().join("provider.toml");
    fs::write(&path, text).unwrap();
    Settings::read(&path).map_err(|fault| {
        let text = fault.to_string();
        text.replace(&format!("{}/", directory.path().display()), "")
    })
}

#[test]
fn google_needs_no_endpoints() {
    let settings = read(MINIMUM).unwrap();
    assert_eq!(settings.issuer, "https://accounts.google.com");
    assert_eq!(settings.client_secret.reveal(), "s3cret");
    assert_eq!(
        settings.token_endpoint.as_str(),
        "https://oauth2.googleapis.com/token"
    );
    assert_eq!(settings.redirect_uris, ["http://localhost/callback"]);
    assert!(!format!("{settings:?}").contains("s3cret"));
}

#[test]
fn what_could_leak_a_secret_is_refused() {
    let expected = "expected an https URL without user and fragment";
    for endpoint in [
        "http://127.0.0.1:80/token",
        "ftp://a.example/",
        "https://me@a.example/token",
        "https://a.example/token#a",
    ] {
        let fault = read(&format!("{MINIMUM}token_endpoint = '{endpoint}'\n")).unwrap_err();
        assert_eq!(fault, format!("provider.toml: token_endpoint: {expected}"));
    }
    let with_loopback = |endpoint| {
        read(&format!(
            "{MINIMUM}allow_loopback = true\ntoken_endpoint = '{endpoint}'\n"
        ))
    };
    for endpoint in ["http://127.0.0.1:80/", "http://[::1]/", "http://localhost/"] {
        assert!(with_loopback(endpoint).is_ok());
    }
    assert!(with_loopback("http://a.example/").is_err());
    let other = read(&format!("{MINIMUM}issuer = 'https://login.example'\n"));
    assert_eq!(
        other.unwrap_err(),
        "provider.toml: token_endpoint: expected a URL: only Google's is known by itself"
    );
}

#[test]
fn a_fault_names_its_member() {
    let faults = [
        ("client_id = \"azat", "client_id = \"", "client_id"),
        ("\"secret\"", "\"empty\"", "client_secret_file"),
        ("[\"http://localhost/callback\"]", "[]", "redirect_uris"),
        ("\"secret\"", "\"nowhere\"", "cannot read nowhere"),
        ("client_id", "klient_id", "klient_id"),
    ];
    for (good, bad, expected) in faults {
        let text = MINIMUM
            .replace(good, bad)
            .replace("client_id = \".apps.example\"", "client_id = \"\"");
        let fault = read(&text).unwrap_err();
        assert!(fault.contains(expected), "{fault}");
    }
}
