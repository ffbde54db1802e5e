//! Tests of [`super`].

use super::*;

const ACT: Act = Act {
    name: "act",
    burst: 3,
    every: Duration::from_secs(10),
};

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn a_burst_is_done_at_once_and_then_one_by_one() {
    let mut full_at = at(0);
    for _ in 0..3 {
        assert_eq!(ACT.take(&mut full_at, at(100)), Ok(()));
    }
    for _ in 0..2 {
        let wait = ACT.take(&mut full_at, at(100));
        assert_eq!(wait, Err(Wait(at(10))), "what is refused does not count");
    }
    assert_eq!(ACT.take(&mut full_at, at(109)), Err(Wait(at(1))));
    assert_eq!(ACT.take(&mut full_at, at(110)), Ok(()));
    assert_eq!(ACT.take(&mut full_at, at(110)), Err(Wait(at(10))));
    assert_eq!(ACT.take(&mut full_at, at(130)), Ok(()));
    assert_eq!(ACT.take(&mut full_at, at(130)), Ok(()));
    assert_eq!(ACT.take(&mut full_at, at(130)), Err(Wait(at(10))));
}

#[test]
fn no_more_than_a_burst_is_ever_left() {
    let mut full_at = at(0);
    let taken =
        |full_at: &mut Duration, now| (0..).take_while(|_| ACT.take(full_at, now).is_ok()).count();
    assert_eq!(taken(&mut full_at, at(0)), 3);
    assert_eq!(taken(&mut full_at, at(1_000_000)), 3);
    assert_eq!(
        taken(&mut full_at, at(999_999)),
        0,
        "a clock that is set back gives nothing"
    );
}

#[test]
fn a_wait_is_told_in_whole_seconds() {
    for (milliseconds, seconds) in [(1, 1), (999, 1), (1_000, 1), (1_001, 2), (59_500, 60)] {
        assert_eq!(Wait(Duration::from_millis(milliseconds)).seconds(), seconds);
    }
}
