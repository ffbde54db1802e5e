//! Tests of [`super`].

use std::collections::BTreeSet;

use http::HeaderValue;
use http::header::{HeaderMap, RETRY_AFTER};

use super::RetryAfter;
use crate::time::UnixTime;

/// Sun, 06 Nov 1994 08:49:37 GMT.
const NOW: UnixTime = UnixTime::from_seconds(784_111_777);

fn told(value: &'static str) -> Option<RetryAfter> {
    let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(value))]);
    RetryAfter::told_by(&headers, NOW)
}

#[test]
fn an_upstream_is_understood_within_bounds() {
    for (value, seconds) in [
        ("1", 1),
        ("30", 30),
        ("80", 80),
        ("81", 80),
        ("3600", 80),
        ("99999999999999999999999", 80),
        ("0", 1),
        ("Sun, 06 Nov 1994 08:50:07 GMT", 30),
        ("Fri, 31 Dec 2100 23:59:59 GMT", 80),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 1),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 1),
    ] {
        assert_eq!(told(value), Some(RetryAfter(seconds)), "{value}");
    }
    for value in ["", "soon", "-1", "+1", "1.5", "1, 2"] {
        assert_eq!(told(value), None, "{value}");
    }
    assert_eq!(RetryAfter::told_by(&HeaderMap::new(), NOW), None);
}

#[test]
fn clients_come_back_at_different_times_and_never_too_early() {
    for least in 1..=RetryAfter::LONGEST {
        let randoms = (0..200).chain([u32::MAX]);
        let seen: BTreeSet<_> = randoms.map(|it| RetryAfter(least).spread(it)).collect();
        assert_eq!(seen.first(), Some(&least));
        assert!(seen.len() > 1 && *seen.last().unwrap() <= 120, "{least}");
    }
    assert_eq!(RetryAfter::default().spread(0), 10);
    assert_eq!(RetryAfter::default().spread(5), 15);
}
