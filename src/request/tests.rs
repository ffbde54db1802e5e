//! Tests of [`super`].

use http::header::HOST;
use http::{HeaderMap, HeaderValue, Method};
use url::Url;

use super::{LONGEST_URL, Request, Unreadable, is_authority, is_plain_name};

fn request(target: &str) -> Request {
    Request {
        method: Method::GET,
        url: format!("https://azul.example{target}").parse().unwrap(),
        headers: HeaderMap::new(),
    }
}

#[test]
fn a_path_is_read_in_one_way() {
    assert_eq!(request("/a/%62%20c?x=/y").segments().unwrap(), ["a", "b c"]);
    assert_eq!(request("/a/../b").segments().unwrap(), ["b"]);
    for path in [
        "/", "/a/", "//a", "/a//b", "/a%2fb", "/a%2Fb", "/a%5cb", "/a%00", "/a%0a", "/%ff",
    ] {
        assert_eq!(request(path).segments(), None, "{path:?}");
    }
}

/// What is read of a request with these Host fields, whose URL has that path.
fn read(hosts: &[&[u8]], path: &str) -> Result<Request, Unreadable> {
    let fields = hosts
        .iter()
        .map(|host| (HOST, HeaderValue::from_bytes(host).unwrap()));
    let url = || format!("https://azul.example{path}").parse().unwrap();
    Request::read(Method::GET, fields.collect(), url)
}

#[test]
fn a_host_is_one_that_can_be_part_of_a_url() {
    let hosts = [
        "azul.example",
        "azul.example:443",
        "AZUL.example",
        "localhost",
        "127.0.0.1:7878",
        "[::1]",
        "[::1]:80",
        "a_b",
        "a-b.c9",
        "9.c",
        "xn--bcher-kva.example",
        "x:",
        "a.",
    ];
    for host in hosts {
        assert!(read(&[host.as_bytes()], "/").is_ok(), "{host}");
    }
    let others: [&[u8]; 18] = [
        b"",
        b"x:99999",
        b"x:a",
        b"xn--0",
        b"a.xn--0",
        b"1.2.3.4.5",
        b"999.1.1.1",
        b"foo.0x1",
        b"a b",
        b"[::1",
        b"%41%",
        b"x/y",
        b"x?y",
        b"x#y",
        b"u@x",
        b"u:p@x",
        b"\xff",
        b"\xc3\xa9",
    ];
    for host in others {
        let expected = Unreadable("expected a host in the field Host");
        let shown = String::from_utf8_lossy(host);
        assert_eq!(read(&[host], "/").err(), Some(expected), "{shown}");
    }
    assert!(read(&[], "/").is_ok(), "HTTP/2 has no field Host");
    let twice = read(&[b"a", b"a"], "/");
    assert_eq!(
        twice.err(),
        Some(Unreadable("expected the field Host once"))
    );
}

#[test]
fn the_url_of_an_unreadable_host_is_not_asked_for() {
    let host = HeaderMap::from_iter([(HOST, HeaderValue::from_static("xn--0"))]);
    let broken = || -> Url { panic!("as a platform does") };
    assert!(Request::read(Method::GET, host, broken).is_err());
}

#[test]
fn what_is_plain_can_be_part_of_a_url() {
    let hosts = [
        "a", "a.b", "a..b", ".a", "-", "-a-", "a--b", "xn-a", "0x1.a", "1.a", "a1-", "..a", "9-9.x",
    ];
    for host in hosts {
        let can_be = Url::parse(&format!("http://{host}/")).is_ok();
        assert!(can_be || !is_plain_name(host), "{host}");
        assert_eq!(is_authority(host), can_be, "{host}");
    }
    assert!(
        ["service.azul.example", "a1-b.c", "1.a"]
            .into_iter()
            .all(is_plain_name)
    );
    let closer = [
        "", "A", "a.1", "a.0x1", "xn--0.a", "a.xn--0", "a:1", "a.", "\u{e4}", "a/b.c", "a@b",
    ];
    assert!(!closer.into_iter().any(is_plain_name));
}

#[test]
fn a_url_has_a_length_that_can_be_passed_on() {
    let of_length = |length: usize| {
        let shortest = "https://azul.example/".len();
        read(&[], &format!("/{}", "a".repeat(length - shortest)))
    };
    assert!(of_length(LONGEST_URL).is_ok());
    let fault = of_length(LONGEST_URL + 1).err();
    assert_eq!(fault, Some(Unreadable("expected a URL of at most 32 KiB")));
}
