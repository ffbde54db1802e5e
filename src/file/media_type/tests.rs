//! Tests of [`super`].

use super::MediaType;

#[test]
fn only_what_can_stand_in_a_header_is_a_media_type() {
    let of = |text: &str| MediaType::try_from(text.to_owned()).is_ok();
    assert!(of("text/plain"));
    assert!(of("text/plain; charset=utf-8"));
    for text in [
        "",
        "text",
        "/plain",
        "text/",
        "text/plain\r\nX: y",
        "text/pl\u{e4}in",
    ] {
        assert!(!of(text), "{text:?}");
    }
}
