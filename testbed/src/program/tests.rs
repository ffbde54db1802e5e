//! Tests of [`super`].

use super::*;

#[test]
fn a_program_says_something_and_ends() {
    let script = "cat; echo out; echo err >&2; exit 3";
    let said = output(Command::new("sh").args(["-c", script])).unwrap();
    assert_eq!(said.status.code(), Some(3));
    assert_eq!(
        (&said.stdout[..], &said.stderr[..]),
        (&b"out\n"[..], &b"err\n"[..])
    );
    assert!(output(&mut Command::new("/nowhere")).is_err());
}

#[test]
fn a_program_that_does_not_end_is_ended() {
    let mut sleep = Command::new("sleep");
    let sleep = sleep.arg("600").stdout(Stdio::null()).spawn().unwrap();
    let process = format!("/proc/{}/stat", sleep.id());
    let error = ended_within(Duration::from_millis(10), sleep).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    crate::patience::wait_until("it is gone", || std::fs::metadata(&process).is_err());
}
