//! Tests of [`super`].

use super::*;

fn differences(records: u64, entitlements: u64) -> usize {
    let by_route = BTreeMap::from([
        (FILE_RECORDS.to_owned(), records),
        (ENTITLEMENTS.to_owned(), entitlements),
    ]);
    OriginCalls {
        by_route,
        files: 205,
        entitlements_at_most: 2,
    }
    .differences()
    .len()
}

#[test]
fn once_per_record_and_once_per_fresh_period() {
    assert_eq!(differences(205, 1), 0);
    assert_eq!(differences(205, 2), 0);
    assert_eq!(differences(206, 1), 1);
    assert_eq!(differences(205, 3), 1);
    assert_eq!(differences(0, 0), 2);
}
