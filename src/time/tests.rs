//! Tests of [`super`].

use super::UnixTime;

#[test]
fn a_date_is_told_as_http_tells_it() {
    let example = UnixTime::from_seconds(784_111_777);
    assert_eq!(example.http_date(), "Sun, 06 Nov 1994 08:49:37 GMT");
    let read = UnixTime::from_http_date("Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(read, Some(example));
    assert_eq!(UnixTime::from_http_date("yesterday"), None);
}

#[test]
fn a_date_past_the_calendar_does_not_panic() {
    let far = UnixTime::from_seconds(u64::MAX);
    assert_eq!(far.http_date(), "Fri, 31 Dec 9999 23:59:59 GMT");
}

#[test]
fn arithmetic_saturates() {
    let end = UnixTime::from_seconds(u64::MAX);
    assert_eq!(end.plus(1), end);
    assert_eq!(UnixTime::from_seconds(1).since(end), 0);
}
