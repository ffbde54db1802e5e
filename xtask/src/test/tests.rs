//! Tests of [`super`].

use std::process::Command;

use super::*;
use crate::running::Limits;

fn stage(name: &'static str, program: &str) -> Stage {
    Stage {
        name,
        limits: Limits {
            silence: Duration::from_secs(60),
            total: Duration::from_secs(60),
        },
        command: Command::new(program),
    }
}

#[test]
fn the_first_stage_that_fails_ends_the_run_and_is_named() {
    let stages = vec![
        stage("one", "true"),
        stage("two", "false"),
        stage("three", "/nowhere"),
    ];
    let told = run_stages(stages).unwrap_err().to_string();
    assert_eq!(told, "two failed (exit status: 1).");
    run_stages(vec![stage("one", "true")]).unwrap();
}

#[test]
fn times_are_summed() {
    let times = [
        ("formatting", Duration::from_millis(1_200)),
        ("clippy", Duration::from_secs(61)),
    ];
    assert_eq!(
        summary(&times),
        "  formatting   1.2\n  clippy      61.0\n  together    62.2\n"
    );
}

#[test]
fn a_stage_that_hangs_ends_the_run_and_is_named() {
    let mut hanging = stage("hanging", "sleep");
    hanging.command.arg("600");
    hanging.limits.silence = Duration::from_secs(1);
    let told = run_stages(vec![hanging, stage("next", "/nowhere")]).unwrap_err();
    let told = told.to_string();
    assert!(told.starts_with("hanging hangs: "), "{told}");
}
