//! Tests of [`super`].

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt as _;

use url::Url;

use super::{of_parts, of_words};

fn base() -> Url {
    "https://azul.example".parse().unwrap()
}

fn url(text: &str) -> Option<String> {
    let request = of_parts("GET", text, &[], &base()).ok()?;
    Some(request.url.to_string())
}

#[test]
fn a_path_is_one_under_the_base() {
    let told = |text: &str| url(text).unwrap();
    assert_eq!(told("/a?b=c#d"), "https://azul.example/a?b=c");
    assert_eq!(told("//a/b"), "https://azul.example//a/b");
    assert_eq!(told("http://127.0.0.1:80/a"), "http://127.0.0.1/a");
    for text in [
        "",
        "a/b",
        "azul.example:443/a",
        "file:///a",
        "https://u:p@azul.example/",
        "https://",
    ] {
        assert_eq!(url(text), None, "{text:?}");
    }
}

#[test]
fn a_field_may_hold_what_fields_hold() {
    let words = |header: &[u8]| {
        let header: OsString = OsStr::from_bytes(header).to_owned();
        of_words(OsStr::new("GET"), OsStr::new("/a"), &[header], &base())
    };
    let request = words(b"X-A:  \xff: b ").unwrap();
    assert_eq!(request.headers["x-a"].as_bytes(), b"\xff: b");
    assert_eq!(words(b"X-A:").unwrap().headers["x-a"].as_bytes(), b"");
    for header in [&b"eyJ"[..], b"a b: c", b": c", b"a: \n"] {
        let fault = words(header).err().unwrap();
        assert!(!fault.contains("eyJ"));
    }
}

#[test]
fn a_repeated_field_stays_repeated() {
    let headers = [
        ("A".to_owned(), "1".to_owned()),
        ("a".to_owned(), "2".to_owned()),
    ];
    let request = of_parts("GET", "/", &headers, &base()).unwrap();
    assert_eq!(request.headers.get_all("a").iter().count(), 2);
    assert!(of_parts("G T", "/", &[], &base()).is_err());
}
