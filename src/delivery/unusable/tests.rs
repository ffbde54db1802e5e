//! Tests of [`super`].

use http::header::{HeaderMap, HeaderName, RANGE};
use http::{HeaderValue, StatusCode};

use super::Unusable::{self, Encoded, IgnoringRanges, Trouble};
use super::check;
use crate::contract::FileRecord;
use crate::delivery::range::{Extent, Part};
use crate::testing::record;

const OWN: &str = "sha-256=:Qt58wrhPQ7zfrEGXrOAP7myBue5EqXevJfpQ9BHaqSA=:";
const OTHER: &str = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";

/// The last twelve of 15 bytes.
fn part() -> Part {
    let headers = HeaderMap::from_iter([(RANGE, HeaderValue::from_static("bytes=3-"))]);
    match Extent::of(&headers, 15) {
        Extent::Part(part) => part,
        other => panic!("expected a part, not {other:?}"),
    }
}

type Fields = [(&'static str, &'static str)];

fn judged(part: Option<Part>, status: u16, fields: &Fields) -> Result<(), Unusable> {
    let file: FileRecord = serde_json::from_value(record()).unwrap();
    let mut headers = HeaderMap::new();
    for (name, value) in fields {
        let name = HeaderName::from_static(name);
        headers.append(name, HeaderValue::from_static(value));
    }
    check(StatusCode::from_u16(status).unwrap(), &headers, &file, part)
}

fn whole(status: u16, fields: &Fields) -> Result<(), Unusable> {
    judged(None, status, fields)
}

fn ranged(status: u16, fields: &Fields) -> Result<(), Unusable> {
    judged(Some(part()), status, fields)
}

fn is_contradicting(judged: Result<(), Unusable>) -> bool {
    matches!(judged, Err(Unusable::Contradicting(_)))
}

fn is_wrong(judged: Result<(), Unusable>) -> bool {
    matches!(judged, Err(Unusable::Wrong(_)))
}

#[test]
fn the_whole_file_is_the_answer_to_a_plain_request() {
    let fitting: [&Fields; 5] = [
        &[],
        &[("content-length", "15")],
        &[("content-encoding", "Identity")],
        &[("repr-digest", OWN), ("repr-digest", "md5=:AAAA:")],
        &[
            ("etag", "\"e\""),
            ("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ],
    ];
    for fields in fitting {
        assert_eq!(whole(200, fields), Ok(()), "{fields:?}");
    }
}

#[test]
fn the_part_is_the_answer_to_whoever_asked_for_it() {
    let named = ("content-range", "bytes 3-14/15");
    let fitting: [&Fields; 4] = [
        &[named],
        &[("content-range", "Bytes 3-14/15")],
        &[named, ("content-length", "12")],
        &[named, ("repr-digest", OWN)],
    ];
    for fields in fitting {
        assert_eq!(ranged(206, fields), Ok(()), "{fields:?}");
    }
}

#[test]
fn no_other_part_is() {
    for range in [
        "bytes 3-13/15",
        "bytes 4-14/15",
        "bytes 2-14/15",
        "bytes 0-14/15",
        "bytes 3-3/15",
        "bytes 3-14/*",
        "bytes */15",
        "bytes=3-14/15",
        "bits 3-14/15",
        "3-14/15",
        "",
    ] {
        assert!(
            is_wrong(ranged(206, &[("content-range", range)])),
            "{range}"
        );
    }
    let twice: &Fields = &[
        ("content-range", "bytes 3-14/15"),
        ("content-range", "bytes 3-14/15"),
    ];
    assert!(is_wrong(ranged(206, twice)));
    assert!(is_wrong(ranged(206, &[])));
    let several = ("content-type", "multipart/byteranges; boundary=x");
    assert!(is_wrong(ranged(206, &[several])));
    for length in ["11", "15", "+12", ""] {
        let fields = [
            ("content-range", "bytes 3-14/15"),
            ("content-length", length),
        ];
        let judged = judged(Some(part()), 206, &fields);
        assert!(is_wrong(judged), "{length}");
    }
    assert!(is_wrong(whole(206, &[("content-range", "bytes 0-14/15")])));
}

#[test]
fn what_nothing_in_the_request_can_have_caused_is_wrong() {
    for status in [304, 412, 416] {
        let fields: &Fields = &[("etag", "\"e\""), ("content-range", "bytes */15")];
        assert!(is_wrong(whole(status, fields)), "{status}");
        assert!(is_wrong(ranged(status, fields)), "{status}");
    }
    for status in [201, 204, 301, 302, 400, 401, 403, 404] {
        let fields: &Fields = &[("location", "https://evil.example/")];
        assert!(is_wrong(whole(status, fields)), "{status}");
        assert!(is_wrong(ranged(status, fields)), "{status}");
    }
}

#[test]
fn trouble_is_told_apart_since_it_passes() {
    for status in [408, 425, 429, 500, 502, 503, 504, 522] {
        // The length of an error's own text is no length of the file.
        let fields: &Fields = &[("content-length", "3")];
        assert_eq!(whole(status, fields), Err(Trouble), "{status}");
        assert_eq!(ranged(status, fields), Err(Trouble), "{status}");
    }
}

#[test]
fn the_whole_file_is_no_answer_to_whoever_asked_for_a_part() {
    assert_eq!(ranged(200, &[]), Err(IgnoringRanges));
    assert_eq!(
        ranged(200, &[("content-length", "15")]),
        Err(IgnoringRanges)
    );
}

#[test]
fn another_length_or_digest_contradicts_the_record() {
    for length in [
        "14",
        "16",
        "0",
        "+15",
        "015 ",
        "15, 15",
        "99999999999999999999999",
    ] {
        let fields = [("content-length", length)];
        assert!(is_contradicting(judged(None, 200, &fields)), "{length}");
        assert!(
            is_contradicting(judged(Some(part()), 200, &fields)),
            "{length}"
        );
    }
    let lengths: &Fields = &[("content-length", "15"), ("content-length", "16")];
    assert!(is_contradicting(whole(200, lengths)));
    assert!(is_contradicting(whole(200, &[("repr-digest", OTHER)])));
    let of_another: &Fields = &[("content-range", "bytes 3-14/16")];
    assert!(is_contradicting(ranged(206, of_another)));
    let of_another: &Fields = &[("content-range", "bytes 3-14/15"), ("repr-digest", OTHER)];
    assert!(is_contradicting(ranged(206, of_another)));
    // It is shorter than the record says, and does not even have the part.
    assert!(is_contradicting(ranged(
        416,
        &[("content-range", "bytes */2")]
    )));
}

#[test]
fn an_encoded_file_has_no_length_of_its_own() {
    let encoded: &Fields = &[("content-encoding", "gzip"), ("content-length", "7")];
    assert_eq!(whole(200, encoded), Err(Encoded));
    assert_eq!(ranged(200, encoded), Err(Encoded));
    assert_eq!(ranged(206, encoded), Err(Encoded));
    assert_eq!(
        whole(200, &[("content-encoding", "identity, gzip")]),
        Err(Encoded)
    );
    assert_eq!(whole(200, &[("content-encoding", "")]), Err(Encoded));
}
