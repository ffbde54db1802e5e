//! Tests of [`super`].

use super::{AccessToken, NotAnAccessToken};

#[test]
fn a_token_is_one_word_that_no_shell_minds() {
    for text in ["ya29.mock_access-token", "a+/~b==", "eyJ.not.a_jwt"] {
        let token = AccessToken::try_from(text.to_owned()).unwrap();
        assert_eq!(token.reveal(), text);
        assert_eq!(format!("{token:?}"), "AccessToken(…)");
    }
    let long = "a".repeat(4_097);
    for text in [
        "", "=", "a b", "a=b", "$(a)", "`a`", "a\"", "a\n", "%a%", &long,
    ] {
        let refused = AccessToken::try_from(text.to_owned());
        assert_eq!(refused, Err(NotAnAccessToken), "{text:?}");
    }
}
