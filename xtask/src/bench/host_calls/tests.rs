//! Which of the counted requests tell.

use super::*;

fn calls(total: usize) -> HostCalls {
    HostCalls {
        total,
        ..HostCalls::default()
    }
}

#[test]
fn the_least_must_have_been_found_more_than_once() {
    assert_eq!(least(&[9, 5, 5, 5].map(calls)), Some(calls(5)));
    assert_eq!(least(&[9, 9, 9, 5, 5].map(calls)), None);
    assert_eq!(least(&[]), None);
}
