//! Tests of [`super`].

use super::*;

#[test]
fn the_token_is_shown_by_its_name() {
    let bash = "curl --fail http://e/m | curl --header \"Authorization: Bearer a.b.c\" --config -";
    assert_eq!(token_in(bash), Some("a.b.c"));
    assert_eq!(token_in("curl --config -"), None);
    let sign_in = SignIn {
        command_line: Token::new(bash),
        azat: Token::new("a.b.c"),
    };
    let shown = "curl --fail http://e/m | curl --header \"Authorization: Bearer $AZAT\" --config -";
    assert_eq!(sign_in.shown(), shown);
}
