//! Tests of [`super`].

use super::RepositoryUrl;

#[test]
fn a_repository_is_reached_safely() {
    let of = |text: &str| RepositoryUrl::try_from(text.parse::<url::Url>().unwrap()).is_ok();
    assert!(of("https://data.example/files/1?x=y"));
    assert!(of("http://127.0.0.1:8080/files/1"));
    for text in [
        "http://data.example/1",
        "http://localhost/1",
        "https://u@data.example/1",
        "https://data.example/1#f",
        "file:///etc/passwd",
        "data:,x",
    ] {
        assert!(!of(text), "{text}");
    }
}
