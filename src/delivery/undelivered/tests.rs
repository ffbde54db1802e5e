//! Tests of [`super`].

use super::Undelivered;
use crate::delivery::keeper::Keeper;
use crate::delivery::unusable::Unusable;
use crate::denial::{Denial, RetryAfter};

fn told(unusable: Unusable) -> Undelivered {
    Undelivered::unusable(Keeper::Repository, unusable, Some(RetryAfter::default()))
}

#[test]
fn only_a_contradiction_makes_the_record_doubtful() {
    let contradicting = told(Unusable::Contradicting("a"));
    assert!(matches!(contradicting, Undelivered::Contradicted(_)));
    let missing = Undelivered::missing(Keeper::Mirror);
    assert!(matches!(missing, Undelivered::Contradicted(_)));
    for unusable in [
        Unusable::Encoded,
        Unusable::IgnoringRanges,
        Unusable::Trouble,
        Unusable::Wrong("b"),
    ] {
        assert!(matches!(told(unusable), Undelivered::Denied(_)));
    }
}

#[test]
fn each_fault_has_its_reason_and_the_log_says_whose_it_is() {
    for (unusable, code, cause) in [
        (
            Unusable::Contradicting("a"),
            "file_differs",
            "the repository a",
        ),
        (Unusable::Wrong("b"), "answer_wrong", "the repository b"),
        (
            Unusable::Encoded,
            "file_encoded",
            "the repository sent the file encoded",
        ),
        (
            Unusable::IgnoringRanges,
            "ranges_ignored",
            "the repository sent the whole file to a request for a part",
        ),
        (
            Unusable::Trouble,
            "repository_unavailable",
            "the repository says that it is in trouble",
        ),
    ] {
        let denial = Denial::from(told(unusable));
        assert_eq!(denial.code(), code);
        assert_eq!(denial.cause(), Some(cause));
    }
}
