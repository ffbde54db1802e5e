//! Tests of [`super`].

use azat_edge::time::UnixTime;

use super::{Cause, Tokens};

const NOW: u64 = 1_800_000_000;

fn tokens(lifetime: u64) -> Tokens {
    Tokens {
        access_token: "ya29.mock".to_owned().try_into().unwrap(),
        obtained: UnixTime::from_seconds(NOW),
        expires: UnixTime::from_seconds(NOW + lifetime),
        refresh_token: None,
        refused: None,
    }
}

#[test]
fn a_token_is_due_a_minute_before_its_end() {
    let due = |lifetime, after| {
        let now = UnixTime::from_seconds(NOW + after);
        tokens(lifetime).cause_for_refresh(false, now) == Some(Cause::Due)
    };
    assert!(!due(3_600, 3_539));
    assert!(due(3_600, 3_540));
    assert!(due(3_600, 9_999));
    // A short-lived one is not due when it is new.
    assert!(!due(50, 24) && due(50, 25));
    assert!(!due(5, 2) && due(5, 3));
    assert!(due(0, 0));
}

#[test]
fn a_refused_token_is_renewed_once_a_minute() {
    let cause = |refused: Option<u64>, after| {
        let tokens = Tokens {
            refused: refused.map(UnixTime::from_seconds),
            ..tokens(3_600)
        };
        tokens.cause_for_refresh(true, UnixTime::from_seconds(NOW + after))
    };
    assert_eq!(cause(None, 0), Some(Cause::Refused));
    assert_eq!(cause(Some(NOW), 59), None);
    assert_eq!(cause(Some(NOW), 60), Some(Cause::Refused));
    assert_eq!(cause(Some(NOW + 3_539), 3_540), Some(Cause::Due));
    let unrefused = tokens(3_600);
    assert_eq!(
        unrefused.cause_for_refresh(false, UnixTime::from_seconds(NOW)),
        None
    );
}

#[test]
fn a_token_ends_when_it_was_said_to() {
    assert!(!tokens(5).has_ended(UnixTime::from_seconds(NOW + 4)));
    assert!(tokens(5).has_ended(UnixTime::from_seconds(NOW + 5)));
    assert!(tokens(5).are_over(UnixTime::from_seconds(NOW + 5)));
}
