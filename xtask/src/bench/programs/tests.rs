//! Tests of [`super`].

use super::said;

#[test]
fn a_program_that_fails_has_said_nothing() {
    assert!(said("true", "--version").is_ok());
    assert!(said("false", "").is_err());
}
