use http::{Response, StatusCode};

use super::{attachment, from_mirror};
use crate::answer::Body;
use crate::denial::Denial;
use crate::repository::FileRecord;
use crate::testing::record;

fn file() -> FileRecord {
    serde_json::from_value(record()).unwrap()
}

fn answer(status: u16, fields: &[(&str, &str)]) -> Result<Response<Body<&'static str>>, Denial> {
    let mut answer = Response::builder().status(status);
    for (name, value) in fields {
        answer = answer.header(*name, *value);
    }
    from_mirror(&file(), answer.body("bytes").unwrap())
}

#[test]
fn what_is_about_the_file_reaches_the_client() {
    let partial = answer(
        206,
        &[("content-range", "bytes 0-4/15"), ("content-length", "5")],
    )
    .unwrap();
    assert_eq!(partial.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(partial.headers()["content-range"], "bytes 0-4/15");
    assert_eq!(*partial.body(), Body::Upstream("bytes"));

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
fn what_is_not_about_the_file_is_the_mirrors_trouble() {
    for status in [201, 204, 301, 302, 400, 401, 403, 404, 429, 500, 503] {
        let refused = answer(status, &[("location", "https://evil.example/")]);
        assert!(
            matches!(refused, Err(Denial::MirrorUnavailable { .. })),
            "{status}"
        );
    }
    let shorter = answer(200, &[("content-length", "14")]);
    assert!(matches!(shorter, Err(Denial::MirrorUnavailable { .. })));
    assert!(answer(200, &[]).is_ok());
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

#[test]
fn a_name_cannot_leave_its_field() {
    let of = |name| attachment(name);
    assert_eq!(
        of("a.txt"),
        "attachment; filename=\"a.txt\"; filename*=UTF-8''a.txt"
    );
    assert_eq!(
        of("d/e.txt"),
        "attachment; filename=\"e.txt\"; filename*=UTF-8''e.txt"
    );
    let hostile = of("a\"; x=\"\r\nSet-Cookie: a\u{0}%00\\\u{6f22}");
    assert!(hostile.is_ascii() && !hostile.contains(['\r', '\n', '\0', '\\']));
    assert_eq!(hostile.matches('"').count(), 2);
}
