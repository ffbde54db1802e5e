//! Tests of [`super`].

use super::*;

const ONCE: Act = act("once", 1);
const TWICE: Act = act("twice", 2);

const fn act(name: &'static str, burst: u32) -> Act {
    Act {
        name,
        burst,
        every: Duration::from_secs(10),
    }
}

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Whether they may.
fn may(buckets: &mut Buckets, act: &Act, party: &str, seconds: u64) -> bool {
    buckets.take(act, &party, at(seconds)).is_ok()
}

#[test]
fn each_party_has_a_bucket_for_each_act() {
    let mut buckets = Buckets::new(100);
    for party in ["a", "b"] {
        assert!(may(&mut buckets, &ONCE, party, 0));
        assert!(!may(&mut buckets, &ONCE, party, 9));
        assert!(may(&mut buckets, &TWICE, party, 9));
        assert!(may(&mut buckets, &TWICE, party, 9));
        assert!(!may(&mut buckets, &TWICE, party, 9));
    }
    assert!(may(&mut buckets, &ONCE, "a", 10));
}

#[test]
fn newcomers_share_a_bucket_while_there_is_no_room() {
    let mut buckets = Buckets::new(2);
    assert!(may(&mut buckets, &TWICE, "a", 0));
    assert!(may(&mut buckets, &TWICE, "b", 0));
    assert!(may(&mut buckets, &TWICE, "c", 0));
    assert!(may(&mut buckets, &TWICE, "d", 0));
    assert!(!may(&mut buckets, &TWICE, "e", 0), "c and d had it all");
    assert!(
        may(&mut buckets, &TWICE, "a", 0),
        "who was there before has its own"
    );
    assert!(may(&mut buckets, &ONCE, "e", 0), "as has each act");
    assert_eq!(buckets.full_at.len(), 2);
}

#[test]
fn buckets_that_are_full_again_make_room() {
    let mut buckets = Buckets::new(2);
    assert!(may(&mut buckets, &ONCE, "a", 0));
    assert!(may(&mut buckets, &ONCE, "b", 5));
    assert!(may(&mut buckets, &ONCE, "c", 9), "together with others");
    assert!(may(&mut buckets, &ONCE, "d", 10), "in the place of a");
    assert!(
        !may(&mut buckets, &ONCE, "b", 10),
        "who is not full is not forgotten"
    );
    assert!(!may(&mut buckets, &ONCE, "d", 19));
    assert_eq!(buckets.full_at.len(), 2);
}

#[test]
fn all_are_looked_at_once_a_second() {
    let mut buckets = Buckets::new(1);
    let half = Duration::from_millis(9_500);
    assert!(buckets.take(&ONCE, &"a", at(0)).is_ok());
    assert!(buckets.take(&ONCE, &"b", half).is_ok(), "shared");
    assert!(
        buckets.take(&ONCE, &"c", at(10)).is_err(),
        "not looked at again"
    );
    assert!(buckets.take(&ONCE, &"c", at(10) + half / 19).is_ok());
    assert!(buckets.take(&ONCE, &"c", at(11)).is_err(), "its own");
}

#[test]
fn many_strangers_take_no_more_than_their_room() {
    let mut buckets = Buckets::new(1_000);
    for stranger in 0..100_000_u32 {
        let _ = buckets.take(&TWICE, &stranger, Duration::from_millis(stranger.into()));
    }
    assert_eq!(buckets.full_at.len(), 1_000);
    assert_eq!(buckets.shared.len(), 1);
}
