//! Tests of [`super`].

use super::Secret;

#[test]
fn a_secret_is_not_shown() {
    let secret = Secret::new("1//mock_refresh_token");
    assert_eq!(format!("{secret:?}"), "Secret(…)");
    assert_eq!(secret.reveal(), "1//mock_refresh_token");
}
