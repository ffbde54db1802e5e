//! Tests of [`super`].

use super::*;

fn answer(status: u16, date: &str, body: &str) -> CurlAnswer {
    let headers = [("date", date), ("cache-control", "no-store")];
    let headers = headers
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
    CurlAnswer {
        exit: 0,
        status,
        headers,
        body: body.into(),
    }
}

#[test]
fn a_stranger_sees_no_difference_in_the_date() {
    let (one, later, other) = (
        answer(404, "1", "no"),
        answer(404, "2", "no"),
        answer(404, "1", "yes"),
    );
    assert_eq!(seen_by_a_stranger(&one), seen_by_a_stranger(&later));
    assert_ne!(seen_by_a_stranger(&one), seen_by_a_stranger(&other));
}

#[test]
fn a_wrong_status_is_told() {
    let kind = Kind {
        what: "an expired token",
        status: 401,
        reason: "token_expired",
        requests: Vec::new(),
    };
    let answers = [vec![answer(401, "", ""), answer(200, "", "")]];
    assert_eq!(
        wrong_statuses(&[kind], &answers),
        ["an expired token got 200 instead of 401"]
    );
}
