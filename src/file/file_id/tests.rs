//! Tests of [`super`].

use super::{FileUuid, FileVersion};

#[test]
fn uuids_are_dashed_or_not() {
    for text in [
        "10b5aa79-0595-47c6-9871-31a9151a8d56",
        "90a04bb29d1d0d7ee64e4015f65b281c",
    ] {
        assert!(FileUuid::parse(text).is_ok(), "{text:?}");
    }
    let not_uuids = [
        "",
        "10b5aa79",
        "10b5aa79-0595-47c6-9871-31a9151a8d5",
        "10b5aa79-0595-47c6-9871-31a9151a8d5g",
        "10b5aa790595-47c6-9871-31a9151a8d56-",
        "10b5aa79-0595-47c6-9871-31a9151a8d56-",
        "../../../../../../edge/files/abcdef",
    ];
    for text in not_uuids {
        assert!(FileUuid::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn versions_are_exact_to_the_microsecond() {
    assert!(FileVersion::parse("2020-01-01T00:00:00.123456Z").is_ok());
    let not_versions = [
        "2020-01-01t00:00:00.123456Z",
        "2020-1-01T00:00:00.123456Z",
        "2020-01-01T00:00:00.12345Z",
        "2020-01-01T00:00:00.123456",
        "2020-01-01T00:00:00.123456Z ",
    ];
    for text in not_versions {
        assert!(FileVersion::parse(text).is_err(), "{text:?}");
    }
}
