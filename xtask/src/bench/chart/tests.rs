//! Tests of [`super`].

use super::*;

#[test]
fn lines_break_between_words() {
    assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
}

#[test]
fn text_is_escaped() {
    let mut body = String::new();
    text(&mut body, 1.0, 2.0, "small", "a < b & c");
    assert!(body.contains("a &lt; b &amp; c"), "{body}");
}
