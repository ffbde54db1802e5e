//! Tests of [`super`].

use super::*;

fn timed(reason: &'static str, times: [u32; 4]) -> Timed {
    let mut microseconds = Samples::default();
    times
        .map(f64::from)
        .iter()
        .for_each(|time| microseconds.add(*time));
    Timed {
        reason,
        microseconds,
    }
}

#[test]
fn each_is_compared_with_a_file_that_is_not_there() {
    let told = compare(&[
        timed("not yours", [16, 14, 900, 15]),
        timed(ABSENT, [12, 11, 10, 800]),
    ]);
    assert_eq!(told[0].time.all(), [14.0, 16.0, 14.0]);
    assert_eq!(told[0].longer.map(Times::all), Some([4.0, 4.0, 4.0]));
    assert_eq!((told[1].requests, told[1].longer), (4, None));
}
