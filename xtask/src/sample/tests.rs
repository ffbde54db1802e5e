//! Tests of [`super`].

use super::Samples;

#[test]
fn the_median_is_not_moved_by_one_that_is_far_off() {
    let mut samples = Samples::default();
    for value in [3.0, 1.0, 1000.0, 2.0, 2.5] {
        samples.add(value);
    }
    assert_eq!((samples.median(), samples.minimum()), (2.5, 1.0));
    assert_eq!((samples.quantile(0.1), samples.quantile(0.2)), (1.0, 2.0));
    assert!(Samples::default().median().is_nan());
}
