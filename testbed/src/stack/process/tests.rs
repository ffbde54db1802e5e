//! Tests of [`super`].

use super::*;
use crate::patience::wait_for;

#[test]
fn a_process_that_ends_early_is_told_with_its_log() {
    let logs = tempfile::tempdir().unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", "echo the store is locked >&2; exit 3"]);
    let mut process = Process::spawn("origin", &mut command, logs.path()).unwrap();
    let address = crate::ports::free_address().unwrap();
    let told = process
        .wait_until_it_accepts(address)
        .unwrap_err()
        .to_string();
    assert!(told.contains("origin ended (exit status: 3)"), "{told}");
    assert!(told.contains("the store is locked"), "{told}");
}

#[test]
fn logs_of_a_restarted_process_go_on() {
    let logs = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let mut command = Command::new("sh");
        command.args(["-c", "echo started"]);
        let mut process = Process::spawn("edge", &mut command, logs.path()).unwrap();
        wait_for("it ends", || process.group.try_wait().unwrap());
    }
    assert_eq!(tail(&logs.path().join("edge.stdout")), "started\nstarted");
}
