//! Tests of [`super`].

use super::*;

#[test]
fn a_filter_can_stand_in_a_query() {
    assert_eq!(
        target(Some("source-0000")),
        "/fetch/manifest/files?catalog=dcp46&format=curl\
         &filters=%7B%22sourceId%22%3A%7B%22is%22%3A%5B%22source-0000%22%5D%7D%7D"
    );
    assert!(!target(None).contains("filters"));
}

#[test]
fn a_manifest_must_be_whole() {
    let fetched = Fetched {
        first_byte: Duration::ZERO,
        time: Duration::ZERO,
        bytes: 7,
        files: 1_999,
    };
    assert!(fetched.has_files(1_999).is_ok());
    let told = fetched.has_files(2_000).unwrap_err().to_string();
    assert_eq!(told, "a manifest has 1999 of 2000 files");
}
