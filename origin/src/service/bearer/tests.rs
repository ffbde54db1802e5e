//! Tests of [`super`].

use super::token;

#[test]
fn a_scheme_is_a_word_in_any_case() {
    assert_eq!(token("Bearer a.b.c"), Some("a.b.c"));
    assert_eq!(token("bEARER  a.b.c"), Some("a.b.c"));
    for value in ["", "Bearer", "Bearera.b.c", "Basic YTpi", "a.b.c"] {
        assert_eq!(token(value), None, "{value:?}");
    }
}
