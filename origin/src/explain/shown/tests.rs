//! Tests of [`super`].

use super::Shown;

#[test]
fn only_what_acts_is_escaped() {
    let shown = |text: &str| Shown(text).to_string();
    for plain in ["a b", "\u{e4}\u{2026}\u{6f22}", r#"{"a": "b\n"}"#, "it's"] {
        assert_eq!(shown(plain), plain);
    }
    assert_eq!(shown("a\u{1b}[2J\r\nb"), r"a\u{1b}[2J\r\nb");
    assert_eq!(shown("\u{9b}\u{7f}\0"), r"\u{9b}\u{7f}\0");
    assert_eq!(shown("\u{202e}\u{2066}"), r"\u{202e}\u{2066}");
}
