//! Tests of [`super`].

use super::*;
use crate::patience::{wait_for, wait_until};
use std::os::unix::process::ExitStatusExt;

fn shell(script: &str) -> ProcessGroup {
    ProcessGroup::spawn(Command::new("sh").args(["-c", script])).unwrap()
}

fn ended(group: &mut ProcessGroup) -> ExitStatus {
    wait_for("the command ends", || group.try_wait().unwrap())
}

fn alive(pid: &str) -> bool {
    // A process that nobody has waited for yet is dead all the same.
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

#[test]
fn an_exit_status_is_reported() {
    assert_eq!(ended(&mut shell("exit 7")).code(), Some(7));
}

#[test]
fn stopping_ends_the_command_with_term() {
    let mut group = shell("sleep 600");
    group.stop();
    assert_eq!(group.ended.unwrap().signal(), Some(Signal::TERM.as_raw()));
}

#[test]
fn what_the_command_started_ends_too() {
    let directory = tempfile::tempdir().unwrap();
    let pid_file = directory.path().join("pid");
    let script = format!(
        "sleep 600 & echo $! > {0}.new; mv {0}.new {0}; wait",
        pid_file.display()
    );
    let mut group = shell(&script);
    wait_until("the command starts another", || pid_file.exists());
    let pid = std::fs::read_to_string(&pid_file)
        .unwrap()
        .trim()
        .to_owned();
    assert!(alive(&pid));
    group.stop();
    wait_until("what it started ends", || !alive(&pid));
}

#[test]
fn the_watchdog_kills_when_its_input_ends() {
    let mut group = shell("sleep 600");
    // What the system does for a program that is killed.
    drop(group._watchdog.input());
    assert_eq!(ended(&mut group).signal(), Some(Signal::KILL.as_raw()));
}
