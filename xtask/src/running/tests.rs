//! Tests of [`super`].

use super::*;

const BRIEF: Duration = Duration::from_secs(1);

#[test]
fn a_command_that_takes_too_long_is_ended_and_named() {
    let mut group = ProcessGroup::spawn(Command::new("sleep").arg("600")).unwrap();
    let told = wait("the nap", &mut group, BRIEF).unwrap_err();
    assert_eq!(told.to_string(), "the nap took longer than 1 s.");
    assert!(group.try_wait().unwrap().is_some());
    assert!(output("the nap", Command::new("sleep").arg("600"), BRIEF).is_err());
}

#[test]
fn what_a_command_says_is_kept_apart() {
    let mut speak = Command::new("sh");
    speak.args(["-c", "printf 'one\ntwo'; echo three >&2; exit 7"]);
    let said = output("speaking", &mut speak, Duration::from_secs(60)).unwrap();
    assert_eq!(said.status.code(), Some(7));
    assert_eq!(
        (said.stdout, said.stderr),
        (b"one\ntwo".into(), b"three\n".into())
    );
}
