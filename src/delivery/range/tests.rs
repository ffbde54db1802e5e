//! Tests of [`super`].

use http::header::{HeaderName, IF_RANGE, RANGE};
use http::{HeaderMap, HeaderValue, Method};

use super::{Extent, length_of_part};
use crate::request::Request;

fn request(method: Method, fields: &[(HeaderName, &str)]) -> Request {
    let mut headers = HeaderMap::new();
    for (name, value) in fields {
        headers.append(name.clone(), HeaderValue::from_str(value).unwrap());
    }
    let url = "https://azul.example/".parse().unwrap();
    Request {
        method,
        url,
        headers,
    }
}

/// What a GET with that range asks for of 15 bytes.
fn extent(range: &str) -> Extent {
    Extent::of(&request(Method::GET, &[(RANGE, range)]), 15)
}

#[test]
fn the_end_itself_is_a_finished_file() {
    assert_eq!(extent("bytes=15-"), Extent::Nothing);
    let parts = [
        "bytes=14-",
        "bytes=16-",
        "bytes=15-20",
        "bytes=-15",
        "bytes=+15-",
        "bits=15-",
        "bytes=-",
    ];
    for range in parts {
        assert_eq!(extent(range), Extent::Part(HeaderValue::from_static(range)));
    }
}

#[test]
fn a_range_that_does_not_count_asks_for_all() {
    assert_eq!(extent("bytes=0-1,4-5"), Extent::Whole);
    let twice = request(Method::GET, &[(RANGE, "bytes=15-"), (RANGE, "bytes=0-")]);
    assert_eq!(Extent::of(&twice, 15), Extent::Whole);
    let head = request(Method::HEAD, &[(RANGE, "bytes=15-")]);
    assert_eq!(Extent::of(&head, 15), Extent::Whole);
    assert_eq!(Extent::of(&request(Method::GET, &[]), 0), Extent::Whole);
}

#[test]
fn a_condition_is_for_the_mirror_to_judge() {
    let conditional = request(Method::GET, &[(RANGE, "bytes=15-"), (IF_RANGE, "\"e\"")]);
    let part = Extent::Part(HeaderValue::from_static("bytes=15-"));
    assert_eq!(Extent::of(&conditional, 15), part);
}

#[test]
fn a_part_is_part_of_the_file() {
    let length = |value: &'static str| length_of_part(&HeaderValue::from_static(value), 15);
    assert_eq!(length("bytes 0-14/15"), Some(15));
    assert_eq!(length("bytes 3-3/15"), Some(1));
    let others = [
        "bytes 0-15/15",
        "bytes 4-3/15",
        "bytes 0-4/16",
        "bytes 0-4/*",
        "bytes */15",
        "0-4/15",
        "",
    ];
    for value in others {
        assert_eq!(length(value), None, "{value:?}");
    }
}
