//! Tests of [`super`].

use super::Undelivered;
use crate::delivery::refusal::{MIRROR_UNAVAILABLE, RANGES_IGNORED};
use crate::delivery::unusable::Unusable;
use crate::denial::Denial;

#[test]
fn only_a_contradiction_makes_the_record_doubtful() {
    let told = |unusable| Undelivered::unusable(unusable, &MIRROR_UNAVAILABLE);
    let unavailable = |cause| Denial::from(&MIRROR_UNAVAILABLE).because(cause);
    assert_eq!(
        told(Unusable::Contradicting("a")),
        Undelivered::Contradicted(unavailable("a"))
    );
    assert_eq!(
        told(Unusable::Wrong("b")),
        Undelivered::Denied(unavailable("b"))
    );
    let ignored = Denial::from(told(Unusable::IgnoringRanges));
    assert_eq!(ignored.code(), "ranges_ignored");
    assert_eq!(ignored.status(), Denial::from(&RANGES_IGNORED).status());
    assert!(ignored.cause().is_some());
}
