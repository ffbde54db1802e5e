//! Tests of [`super`].

use super::Measurements;

#[test]
fn a_contender_that_is_left_out_of_a_round_is_told() {
    let mut measurements = Measurements::default();
    let mut add = |contender: &str| {
        measurements.add("token".to_owned(), contender.to_owned(), 2.0, 1.0);
    };
    for contender in ["ours", "other", "ours"] {
        add(contender);
    }
    let told = measurements.check_rounds(2).unwrap_err().to_string();
    assert_eq!(told, "token, other: measured in 1 rounds of 2");
    measurements.add("token".to_owned(), "other".to_owned(), 2.0, 1.0);
    measurements.check_rounds(2).unwrap();
}
