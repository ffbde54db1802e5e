//! Tests of [`super`].

use super::*;

#[test]
fn debug_shows_nothing_of_the_token() {
    assert_eq!(
        format!("{:?}", Token::new("aaaa.bbbb.cccc")),
        "Token(redacted)"
    );
}
