//! Tests of [`super`].

use super::*;

fn differences(requests: u64, tokens: u64, refreshes: u64) -> usize {
    AccessTokens {
        files: 100,
        requests,
        tokens,
        refreshes,
    }
    .differences()
    .len()
}

#[test]
fn each_expiry_costs_one_refresh_and_no_request() {
    assert_eq!(differences(100, 4, 3), 0);
    assert_eq!(differences(100, 3, 3), 0);
    assert_eq!(differences(101, 4, 3), 1);
    assert_eq!(differences(100, 6, 3), 1);
    assert_eq!(differences(100, 2, 3), 1);
    assert_eq!(differences(100, 1, 0), 1);
}
