//! Tests of [`super`].

use super::{
    Advice, DecodingKey, Duration, FAILED, FRESH, Instant, KeySet, PAUSE_AFTER_FAILURE,
    PAUSE_AFTER_FETCH, ProviderFault, UNKNOWN_KID, USABLE,
};

const FAULT: ProviderFault = ProviderFault::Unavailable("it does not answer");
const TICK: Duration = Duration::from_millis(1);

fn fetched(kid: &str) -> Result<super::UsableKeys, ProviderFault> {
    Ok([(kid.to_owned(), DecodingKey::from_secret(&[]))].into())
}

/// A set with the key `a`, fetched at that time.
fn set(at: Instant) -> KeySet {
    let mut set = KeySet::default();
    set.take(fetched("a"), at);
    set
}

#[test]
fn without_keys_everybody_waits_for_a_fetch() {
    let begin = Instant::now();
    for kid in [None, Some("a")] {
        assert_eq!(KeySet::default().advice(kid, begin), Advice::Fetch);
    }
}

#[test]
fn good_keys_are_used_and_old_ones_are_fetched_by_the_way() {
    let begin = Instant::now();
    let set = set(begin);
    for kid in [None, Some("a")] {
        let advice = |age| set.advice(kid, begin + age);
        assert_eq!(advice(Duration::ZERO), Advice::Use);
        assert_eq!(advice(FRESH - TICK), Advice::Use);
        assert_eq!(advice(FRESH), Advice::UseAndFetch);
        assert_eq!(advice(USABLE - TICK), Advice::UseAndFetch);
        assert_eq!(advice(USABLE), Advice::Fetch);
    }
}

#[test]
fn a_failure_takes_no_good_key_away_and_is_not_repeated_at_once() {
    let begin = Instant::now();
    let mut set = set(begin);
    let failed = begin + FRESH;
    set.take(Err(FAULT), failed);
    let over = failed + PAUSE_AFTER_FAILURE;
    assert_eq!(set.advice(Some("a"), over - TICK), Advice::Use);
    assert_eq!(set.advice(Some("a"), over), Advice::UseAndFetch);
    assert_eq!(set.advice(Some("b"), over - TICK), Advice::GiveUp(FAILED));
    assert_eq!(set.advice(Some("b"), over), Advice::Fetch);
    assert!(set.key("a").is_ok());

    let failed = begin + USABLE;
    set.take(Err(FAULT), failed);
    let over = failed + PAUSE_AFTER_FAILURE;
    for kid in [None, Some("a"), Some("b")] {
        assert_eq!(set.advice(kid, over - TICK), Advice::GiveUp(FAILED));
        assert_eq!(set.advice(kid, over), Advice::Fetch);
    }

    set.take(fetched("b"), over);
    assert_eq!(set.advice(Some("b"), over), Advice::Use);
    assert_eq!(set.key("a").err(), Some(UNKNOWN_KID));
}

#[test]
fn without_keys_a_failure_is_everybodys_for_a_while() {
    let begin = Instant::now();
    let mut set = KeySet::default();
    set.take(Err(FAULT), begin);
    let over = begin + PAUSE_AFTER_FAILURE;
    assert_eq!(set.advice(None, over - TICK), Advice::GiveUp(FAILED));
    assert_eq!(set.advice(None, over), Advice::Fetch);
}

#[test]
fn an_unknown_kid_may_be_new_but_not_all_the_time() {
    let begin = Instant::now();
    let set = set(begin);
    let over = begin + PAUSE_AFTER_FETCH;
    assert_eq!(
        set.advice(Some("b"), over - TICK),
        Advice::GiveUp(UNKNOWN_KID)
    );
    assert_eq!(set.advice(Some("b"), over), Advice::Fetch);
    assert_eq!(set.advice(Some("b"), begin + USABLE), Advice::Fetch);
}
