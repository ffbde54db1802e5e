//! Tests of [`super`].

use super::ensure_fits;

#[test]
fn characters_are_counted_not_bytes() {
    assert!(ensure_fits(&"\u{e9}".repeat(8_000)).is_ok());
    let fault = ensure_fits(&"a".repeat(8_001)).unwrap_err().to_string();
    assert_eq!(
        fault,
        "8001 characters: a Config Store item has at most 8000"
    );
}
