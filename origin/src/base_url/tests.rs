//! Tests of [`super`].

use super::{BaseUrl, NotABaseUrl};

#[test]
fn a_trailing_slash_is_removed() {
    for text in ["http://127.0.0.1:7676", "http://127.0.0.1:7676/"] {
        let base: BaseUrl = text.parse().unwrap();
        assert_eq!(base.as_str(), "http://127.0.0.1:7676");
    }
    assert!("https://azul.example".parse::<BaseUrl>().is_ok());
}

#[test]
fn only_scheme_and_host_make_a_base() {
    let refused = [
        "",
        "azul.example",
        "ftp://azul.example",
        "https://azul.example/service",
        "https://azul.example?a=b",
        "https://azul.example#a",
        "https://me@azul.example",
    ];
    for text in refused {
        assert_eq!(text.parse::<BaseUrl>(), Err(NotABaseUrl::Form), "{text:?}");
    }
}

#[test]
fn there_is_one_spelling() {
    for text in ["https://Azul.example", "https://azul.example:443"] {
        let normal = NotABaseUrl::Spelling("https://azul.example".into());
        assert_eq!(text.parse::<BaseUrl>(), Err(normal), "{text:?}");
    }
}
