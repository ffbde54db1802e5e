//! Tests of [`super`].

use super::parsed;

#[test]
fn a_program_that_measured_nothing_is_no_success() {
    let line = r#"{"contender":"rsa","operation":"token","nanoseconds":2.0,"minimum":1.0,"n":5}"#;
    let lines = parsed(&format!("started\n{line}\n")).unwrap();
    assert_eq!(lines[0].contender, "rsa");
    assert!(parsed("started\n").is_err());
}
