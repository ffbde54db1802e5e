//! Tests of [`super`].

use http::header::{HeaderMap, RANGE};
use http::{HeaderValue, Method, Response, StatusCode};

use super::ContentCall;
use crate::answer::Body;
use crate::contract::FileRecord;
use crate::delivery::range::{Extent, Part};
use crate::testing::record;

fn part(range: &'static str) -> Option<Part> {
    let headers = HeaderMap::from_iter([(RANGE, HeaderValue::from_static(range))]);
    match Extent::of(&headers, 15) {
        Extent::Part(part) => Some(part),
        other => panic!("expected a part, not {other:?}"),
    }
}

fn call(part: Option<Part>) -> ContentCall {
    ContentCall::new(
        "/file/a.sha256".parse().unwrap(),
        Method::GET,
        part,
        "foo.txt".to_owned(),
    )
}

fn answer(part: Option<Part>, status: u16, fields: &[(&str, &str)]) -> Response<Body<()>> {
    let file: FileRecord = serde_json::from_value(record()).unwrap();
    let mut answer = Response::builder().status(status);
    for (name, value) in fields {
        answer = answer.header(*name, *value);
    }
    call(part).answer(&file, answer.body(()).unwrap()).unwrap()
}

#[test]
fn an_upstream_sees_one_plain_range_at_most() {
    let plain = call(None).request();
    assert_eq!(plain.uri(), "/file/a.sha256");
    assert_eq!(plain.headers()["accept-encoding"], "identity");
    assert_eq!(plain.headers().len(), 1);
    for (asked, sent) in [
        ("bytes=3-", "bytes=3-14"),
        ("bytes=-5", "bytes=10-14"),
        ("Bytes=0-99", "bytes=0-14"),
    ] {
        let ranged = call(part(asked)).request();
        assert_eq!(ranged.headers()["range"], sent);
        assert_eq!(ranged.headers().len(), 2);
    }
}

#[test]
fn what_comes_is_described_by_the_record_alone() {
    let fields = [
        ("set-cookie", "a=b"),
        ("content-type", "text/html"),
        ("content-disposition", "inline"),
        ("etag", "\"e\""),
        ("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("accept-ranges", "none"),
        ("cache-control", "public"),
        ("expires", "Fri, 31 Dec 2100 23:59:59 GMT"),
    ];
    let whole = answer(None, 200, &fields);
    assert_eq!(whole.status(), StatusCode::OK);
    assert_eq!(*whole.body(), Body::Upstream(()));
    let mut names: Vec<_> = whole.headers().keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    let expected = [
        "accept-ranges",
        "cache-control",
        "content-disposition",
        "content-length",
        "content-type",
        "etag",
        "repr-digest",
        "x-content-type-options",
    ];
    assert_eq!(names, expected);
    let header = |name: &str| whole.headers()[name].to_str().unwrap();
    assert_eq!(header("content-length"), "15");
    assert_eq!(header("content-type"), "text/plain");
    assert!(header("content-disposition").starts_with("attachment"));
    assert_eq!(header("accept-ranges"), "bytes");
    assert_eq!(header("cache-control"), "private, no-cache");
    let tag = "\"sha-256:42de7cc2b84f43bcdfac4197ace00fee6c81b9ee44a977af25fa50f411daa920\"";
    assert_eq!(header("etag"), tag);
}

#[test]
fn a_part_says_which_it_is() {
    let fields = [("content-range", "Bytes 0-4/15")];
    let part = answer(part("bytes=0-4"), 206, &fields);
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.headers()["content-range"], "bytes 0-4/15");
    assert_eq!(part.headers()["content-length"], "5");
}
