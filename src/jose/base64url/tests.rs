//! Tests of [`super`].

use super::{decode, encode};

#[test]
fn only_the_canonical_spelling_is_read() {
    assert_eq!(decode("Zm8"), Some(b"fo".to_vec()));
    for spelling in ["Zm8=", "Zm8 ", "Zm9", "Zm8\n", "Z", "+/+/", "Zm\u{e9}"] {
        assert_eq!(decode(spelling), None, "{spelling:?}");
    }
    assert_eq!(encode(b"fo"), "Zm8");
}
