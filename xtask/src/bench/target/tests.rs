//! Tests of [`super`].

use super::*;

#[test]
fn a_target_is_judged_from_its_side() {
    let most = Target::of(String::new(), Some(1.3), Limit::AtMost(1.3), "x");
    let least = Target::of(String::new(), Some(9.9), Limit::AtLeast(10.0), "x");
    assert_eq!((most.outcome(), least.outcome()), ("met", "missed"));
    assert_eq!(least.bound(), "at least 10.0 x");
}

#[test]
fn what_was_not_measured_is_told_and_not_judged() {
    let mut measurements = Measurements::default();
    measurements.add(START_UP.to_owned(), SCALAR.to_owned(), 50.0, 40.0);
    let targets = judge(&measurements, &[], None);
    let (measured, others): (Vec<_>, Vec<_>) =
        targets.iter().partition(|target| target.measured.is_some());
    assert_eq!((measured.len(), measured[0].outcome()), (1, "met"));
    assert_eq!(others.len(), 12);
    assert!((others.iter()).all(|target| target.outcome() == "not measured"));
}
