//! Tests of [`super`].

use http::header::{HeaderMap, HeaderName, IF_MATCH, IF_NONE_MATCH, IF_RANGE};
use http::{HeaderValue, header};

use super::{EntityTag, Unmet, judge, range_counts};

/// The file's tag is `"own"`.
fn own() -> EntityTag<'static> {
    EntityTag::strong("own")
}

fn headers(fields: &[(HeaderName, &'static str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in fields {
        headers.append(name.clone(), HeaderValue::from_static(value));
    }
    headers
}

/// Values of `If-Match`, and whether they are met.
const MATCHES: [(Option<&str>, bool); 9] = [
    (None, true),
    (Some("*"), true),
    (Some("\"own\""), true),
    (Some("\"other\", \"own\""), true),
    (Some("W/\"own\""), false),
    (Some("\"other\""), false),
    (Some("own"), false),
    (Some("\"own\", other"), false),
    (Some(""), false),
];

/// Values of `If-None-Match`, and whether they are met.
const NONE_MATCHES: [(Option<&str>, bool); 9] = [
    (None, true),
    (Some("*"), false),
    (Some("\"own\""), false),
    (Some("W/\"own\""), false),
    (Some("\"other\",W/\"own\""), false),
    (Some("\"other\""), true),
    (Some("own"), true),
    (Some("\"own\", other"), true),
    (Some(""), true),
];

#[test]
fn they_are_judged_in_the_order_of_rfc_9110() {
    for (if_match, is_match) in MATCHES {
        for (if_none_match, is_none_match) in NONE_MATCHES {
            let fields = (if_match.map(|value| (IF_MATCH, value)).into_iter())
                .chain(if_none_match.map(|value| (IF_NONE_MATCH, value)));
            let headers = headers(&fields.collect::<Vec<_>>());
            let expected = match (is_match, is_none_match) {
                (false, _) => Err(Unmet::Match),
                (true, false) => Err(Unmet::NoneMatch),
                (true, true) => Ok(()),
            };
            assert_eq!(judge(&headers, own()), expected, "{headers:?}");
        }
    }
}

#[test]
fn dates_do_not_count() {
    let long_ago = "Sun, 06 Nov 1994 08:49:37 GMT";
    let in_future = "Fri, 31 Dec 2100 23:59:59 GMT";
    for date in [long_ago, in_future, "yesterday"] {
        let headers = headers(&[
            (header::IF_MODIFIED_SINCE, date),
            (header::IF_UNMODIFIED_SINCE, date),
        ]);
        assert_eq!(judge(&headers, own()), Ok(()), "{date}");
    }
}

#[test]
fn a_range_counts_for_whoever_has_the_rest_of_the_same_file() {
    let counts = |values: &[&'static str]| {
        let fields: Vec<_> = values.iter().map(|value| (IF_RANGE, *value)).collect();
        range_counts(&headers(&fields), own())
    };
    assert!(counts(&[]));
    assert!(counts(&["\"own\""]));
    for other in [
        "W/\"own\"",
        "\"other\"",
        "own",
        "*",
        "",
        "\"own\", \"other\"",
        "\"own\",",
        "Sun, 06 Nov 1994 08:49:37 GMT",
    ] {
        assert!(!counts(&[other]), "{other}");
    }
    assert!(!counts(&["\"own\"", "\"own\""]));
}
