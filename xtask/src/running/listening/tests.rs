//! Tests of [`super`].

use std::path::Path;

use super::*;

/// Longer than a shell takes to start, on a busy machine too.
const SILENCE: Duration = Duration::from_secs(3);

/// Longer than any test takes.
const NEVER: Duration = Duration::from_secs(600);

fn heard(script: &str, limits: Limits) -> (Result<ExitStatus>, Vec<String>) {
    let mut lines = Vec::new();
    let mut command = Command::new("sh");
    let status = listen(
        "a stage",
        command.args(["-c", script]),
        limits,
        |_, line| {
            lines.push(String::from_utf8(line.to_vec()).unwrap());
        },
    );
    (status, lines)
}

/// Asserts that the process of that line ends.
fn assert_ends(pid: &str) {
    let process = Path::new("/proc").join(pid.trim()).join("stat");
    let deadline = Instant::now() + Duration::from_secs(10);
    // Nobody may have waited for it yet.
    let alive = || std::fs::read_to_string(&process).is_ok_and(|stat| !stat.contains(") Z "));
    while alive() {
        assert!(Instant::now() < deadline, "process {pid} goes on");
        thread::sleep(POLL);
    }
}

#[test]
fn both_outputs_are_heard_to_their_end() {
    let limits = Limits {
        silence: NEVER,
        total: NEVER,
    };
    let (status, mut lines) = heard("echo one; echo two >&2; printf three; exit 7", limits);
    lines.sort();
    assert_eq!(lines, ["one\n", "three", "two\n"]);
    assert_eq!(status.unwrap().code(), Some(7));
}

#[test]
fn a_command_that_hangs_is_ended_and_its_last_line_told() {
    let limits = Limits {
        silence: SILENCE,
        total: NEVER,
    };
    let (status, lines) = heard("echo $$; echo here >&2; exec sleep 600", limits);
    let told = status.unwrap_err().to_string();
    let begins = "a stage hangs: it has said nothing for 3 s; its last line was: ";
    assert!(told.starts_with(begins), "{told}");
    assert!(
        lines.iter().any(|line| told.ends_with(line.trim())),
        "{told}"
    );
    let pid = lines.iter().find(|line| *line != "here\n").unwrap();
    assert_ends(pid);
}

#[test]
fn a_child_that_hangs_is_ended_though_its_parent_has_ended() {
    let limits = Limits {
        silence: SILENCE,
        total: NEVER,
    };
    let (status, lines) = heard("sleep 600 & echo $!", limits);
    assert!(status.unwrap_err().to_string().contains("hangs"));
    assert_ends(&lines[0]);
}

#[test]
fn a_command_that_never_stops_talking_is_ended() {
    let limits = Limits {
        silence: NEVER,
        total: Duration::from_secs(2),
    };
    let (status, lines) = heard("echo $$; while echo again; do sleep 0.1; done", limits);
    let told = status.unwrap_err().to_string();
    assert_eq!(
        told,
        "a stage took longer than 2 s; its last line was: again"
    );
    assert_ends(&lines[0]);
}

#[test]
fn one_that_never_said_anything_is_told_apart() {
    let limits = Limits {
        silence: NEVER,
        total: Duration::from_secs(1),
    };
    let told = heard("sleep 600", limits).0.unwrap_err().to_string();
    assert_eq!(
        told,
        "a stage took longer than 1 s; it never said anything."
    );
}
