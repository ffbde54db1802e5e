//! Tests of [`super`].

use http::{HeaderMap, Method};

use super::{Repeated, Request};

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

#[test]
fn a_parameter_has_one_value() {
    let twice = request("/a?v=1&w=%31%3A&v=2");
    assert_eq!(twice.parameter("w").unwrap().as_deref(), Some("1:"));
    assert_eq!(twice.parameter("x").unwrap(), None);
    assert_eq!(twice.parameter("v"), Err(Repeated));
}
