//! Tests of [`super`].

use http::header::{HeaderMap, HeaderName};
use http::{HeaderValue, Method};

use super::Selection;
use crate::contract::FileRecord;
use crate::delivery::bodiless::Bodiless::{self, Finished, NotModified, PreconditionFailed};
use crate::request::Request;
use crate::testing::record;

const OWN: &str = "\"sha-256:42de7cc2b84f43bcdfac4197ace00fee6c81b9ee44a977af25fa50f411daa920\"";
const BEYOND: Bodiless = Bodiless::RangeNotSatisfiable;
const CURL: (&str, &str) = ("user-agent", "curl/8.5.0");
const IF_RANGE_OWN: (&str, &str) = ("if-range", OWN);

fn request(method: Method, fields: &[(&str, &str)]) -> Request {
    let mut headers = HeaderMap::new();
    for (name, value) in fields {
        let name: HeaderName = name.parse().unwrap();
        headers.append(name, HeaderValue::from_str(value).unwrap());
    }
    let url = "https://azul.example/".parse().unwrap();
    Request {
        method,
        url,
        headers,
    }
}

type Fields<'f> = &'f [(&'f str, &'f str)];

/// The range that an upstream is asked for, or what is said without one.
type Told = Result<Option<&'static str>, Bodiless>;

fn told(selection: Selection) -> Result<Option<String>, Bodiless> {
    match selection {
        Selection::Bytes(part) => Ok(part.map(|part| part.range())),
        Selection::Bodiless(bodiless) => Err(bodiless),
    }
}

fn file() -> FileRecord {
    serde_json::from_value(record()).unwrap()
}

#[test]
fn conditions_come_before_ranges_and_ranges_are_for_get() {
    let none_of_it = ("if-none-match", OWN);
    let another = ("if-match", "\"other\"");
    let part = ("range", "bytes=3-");
    let end = ("range", "bytes=15-");
    let beyond = ("range", "bytes=16-");
    let whole: Told = Ok(None);
    // Fields, what GET selects of a file of 15 bytes, and what HEAD does.
    #[rustfmt::skip]
    let rows: [(Fields, Told, Told); 23] = [
        (&[], whole, whole),
        (&[part], Ok(Some("bytes=3-14")), whole),
        (&[end], Err(BEYOND), whole),
        (&[end, CURL], Err(Finished), whole),
        (&[end, ("user-agent", "Wget/1.21 like curl/8")], Err(BEYOND), whole),
        (&[end, ("user-agent", "curl")], Err(BEYOND), whole),
        (&[beyond, CURL], Err(BEYOND), whole),
        (&[none_of_it], Err(NotModified), Err(NotModified)),
        (&[none_of_it, part], Err(NotModified), Err(NotModified)),
        (&[none_of_it, end, CURL], Err(NotModified), Err(NotModified)),
        (&[another], Err(PreconditionFailed), Err(PreconditionFailed)),
        (&[another, none_of_it, beyond], Err(PreconditionFailed), Err(PreconditionFailed)),
        (&[("if-match", OWN), none_of_it], Err(NotModified), Err(NotModified)),
        (&[("if-match", OWN), part], Ok(Some("bytes=3-14")), whole),
        (&[("if-none-match", "\"other\""), part], Ok(Some("bytes=3-14")), whole),
        (&[IF_RANGE_OWN], whole, whole),
        (&[IF_RANGE_OWN, part], Ok(Some("bytes=3-14")), whole),
        (&[IF_RANGE_OWN, end, CURL], Err(Finished), whole),
        (&[("if-range", "\"other\""), part], whole, whole),
        (&[("if-range", "\"other\""), end, CURL], whole, whole),
        (&[("if-range", "\"other\""), beyond], whole, whole),
        (&[("if-range", "Sun, 06 Nov 1994 08:49:37 GMT"), part], whole, whole),
        (&[("if-modified-since", "Fri, 31 Dec 2100 23:59:59 GMT"), part], Ok(Some("bytes=3-14")), whole),
    ];
    for (fields, get, head) in rows {
        for (method, expected) in [(Method::GET, get), (Method::HEAD, head)] {
            let selection = Selection::of_file(&request(method, fields), &file());
            let expected = expected.map(|range| range.map(str::to_owned));
            assert_eq!(told(selection), expected, "{fields:?}");
        }
    }
}

#[test]
fn where_the_answer_leads_elsewhere_only_a_finished_curl_is_told() {
    let end = ("range", "bytes=15-");
    let select =
        |method, fields: &[_]| told(Selection::of_place(&request(method, fields), &file()));
    assert_eq!(select(Method::GET, &[end, CURL]), Err(Finished));
    let ignored = [
        ("if-match", "\"other\""),
        ("if-none-match", OWN),
        ("if-none-match", "*"),
        ("range", "bytes=16-"),
        ("range", "bytes=3-"),
    ];
    for field in ignored {
        assert_eq!(select(Method::GET, &[field, CURL]), Ok(None), "{field:?}");
    }
    assert_eq!(select(Method::HEAD, &[end, CURL]), Ok(None));
    assert_eq!(select(Method::GET, &[end]), Ok(None));
    assert_eq!(select(Method::GET, &[end, CURL, IF_RANGE_OWN]), Ok(None));
}
