//! Tests of [`super`].

use http::header::RANGE;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

use super::{ContentCall, Unusable};
use crate::answer::Body;
use crate::contract::FileRecord;
use crate::delivery::range::Extent;
use crate::request::Request;
use crate::testing::record;

fn call(headers: HeaderMap) -> ContentCall {
    let request = Request {
        method: Method::GET,
        url: "https://azul.example/".parse().unwrap(),
        headers,
    };
    let extent = Extent::of(&request, 15);
    ContentCall::new("/file/a.sha256".parse().unwrap(), &request, extent)
}

fn answer_to(
    call: &ContentCall,
    status: u16,
    fields: &[(&str, &str)],
) -> Result<Response<Body<()>>, Unusable> {
    let file: FileRecord = serde_json::from_value(record()).unwrap();
    let mut answer = Response::builder().status(status);
    for (name, value) in fields {
        answer = answer.header(*name, *value);
    }
    call.answer(&file, answer.body(()).unwrap())
}

fn answer(status: u16, fields: &[(&str, &str)]) -> Result<Response<Body<()>>, Unusable> {
    answer_to(&call(HeaderMap::new()), status, fields)
}

#[test]
fn a_part_is_delivered_to_whoever_asked_for_one() {
    let for_part = call(HeaderMap::from_iter([(
        RANGE,
        HeaderValue::from_static("bytes=0-4"),
    )]));
    let part = answer_to(&for_part, 206, &[("content-range", "bytes 0-4/15")]).unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.headers()["content-range"], "bytes 0-4/15");
    assert_eq!(part.headers()["content-length"], "5");
    assert_eq!(*part.body(), Body::Upstream(()));

    let of_another_file = answer_to(&for_part, 206, &[("content-range", "bytes 0-4/16")]);
    assert!(of_another_file.is_err());
    let several = answer_to(
        &for_part,
        206,
        &[("content-type", "multipart/byteranges; boundary=x")],
    );
    assert!(several.is_err());
    let unasked = answer(206, &[("content-range", "bytes 0-4/15")]);
    assert!(unasked.is_err());
}

#[test]
fn answers_without_content_keep_their_fields() {
    for status in [304, 412, 416] {
        let fields = [
            ("etag", "\"e\""),
            ("content-range", "bytes */15"),
            ("content-length", "5"),
        ];
        let bodiless = answer(status, &fields).unwrap();
        assert_eq!(bodiless.status(), status);
        assert_eq!(*bodiless.body(), Body::Empty);
        assert_eq!(bodiless.headers()["etag"], "\"e\"");
        assert_eq!(bodiless.headers()["content-range"], "bytes */15");
        assert!(!bodiless.headers().contains_key("content-length"));
        assert!(!bodiless.headers().contains_key("content-disposition"));
    }
}

#[test]
fn what_is_not_about_the_file_is_not_passed_on() {
    for status in [201, 204, 301, 302, 400, 401, 403, 404, 429, 500, 503] {
        let refused = answer(status, &[("location", "https://evil.example/")]);
        assert!(refused.is_err(), "{status}");
    }
    assert!(answer(200, &[("content-length", "14")]).is_err());
    assert!(answer(200, &[("content-encoding", "gzip")]).is_err());
}

#[test]
fn the_length_is_announced_even_where_the_mirror_does_not() {
    let whole = answer(200, &[]).unwrap();
    assert_eq!(whole.headers()["content-length"], "15");
}

#[test]
fn only_the_files_own_fields_reach_the_client() {
    let fields = [
        ("set-cookie", "a=b"),
        ("content-type", "text/html"),
        ("content-disposition", "inline"),
    ];
    let whole = answer(200, &fields).unwrap();
    assert!(!whole.headers().contains_key("set-cookie"));
    assert_eq!(whole.headers()["content-type"], "text/plain");
    assert!(
        whole.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment")
    );
}
