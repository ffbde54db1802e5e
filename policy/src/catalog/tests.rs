//! Tests of [`super`].

use super::Catalog;

#[test]
fn catalogs_are_azuls() {
    for text in ["dcp46", "anvil-it", "a", "hca-2-x"] {
        assert!(Catalog::parse(text).is_ok(), "{text:?}");
    }
    for text in [
        "",
        "4dcp",
        "Dcp",
        "dcp-",
        "-dcp",
        "dcp--it",
        "dcp/it",
        "d cp",
        &"a".repeat(65),
    ] {
        assert!(Catalog::parse(text).is_err(), "{text:?}");
    }
}
