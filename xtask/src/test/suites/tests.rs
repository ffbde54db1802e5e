//! Tests of [`super`].

use std::time::Duration;

use azat_testbed::within;

use super::*;

const LIMITS: Limits = Limits {
    silence: Duration::from_secs(60),
    total: Duration::from_secs(60),
};

/// What a test program says at its end.
fn ended(passed: usize) -> String {
    format!("test result: ok. {passed} passed; 0 failed; 0 ignored; 0 measured; 9 filtered out")
}

fn run_saying(lines: &[String], expected: usize) -> Result<Vec<String>> {
    let mut echo = Command::new("printf");
    echo.arg("%s\\n").args(lines);
    within("the run ends", move || {
        run("a stage", &mut echo, LIMITS, expected)
    })
}

#[test]
fn a_run_of_no_tests_is_no_success() {
    assert!(run_saying(&[ended(7)], 1).is_ok());
    assert!(run_saying(&[ended(7), ended(12)], 2).is_ok());
    let told = run_saying(&[ended(7), ended(0)], 2).unwrap_err();
    let expected = "a stage failed: of 2 test programs, 1 ran tests.";
    assert_eq!(told.to_string(), expected);
    assert!(run_saying(&[], 1).is_err());
    assert!(run("a stage", &mut Command::new("false"), LIMITS, 0).is_err());
}

#[test]
fn what_is_skipped_is_told_again() {
    let skipped = "test vectors ... SKIPPED: no vectors are there.".to_owned();
    let told = run_saying(&[skipped, ended(1)], 1).unwrap();
    assert_eq!(told, ["no vectors are there."]);
}

#[test]
fn programs_that_are_named_must_all_run_tests() {
    let of = |arguments: &[&str]| expected(Command::new("cargo").args(arguments));
    assert_eq!(of(&["fmt", "--check"]), 0);
    assert_eq!(of(&["test", "--lib", "rs256"]), 1);
    assert_eq!(of(&["test", "--test", "house", "--test", "jose"]), 2);
}
