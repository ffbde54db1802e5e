//! Tests of [`super`].

use std::path::PathBuf;

use super::*;

fn outcome(target: &'static str, executions: u64, input: Option<&str>) -> Outcome {
    Outcome {
        target,
        executions,
        failed: input.is_some(),
        input: input.map(PathBuf::from),
        log: format!("logs/{target}.log").into(),
        program: vec![format!("bin/{target}").into()],
    }
}

#[test]
fn a_finding_is_told_with_its_input() {
    let clean = outcome("json", 1_234_567, None);
    let found = outcome("rs256", 12, Some("artifacts/crash-1"));
    let outcomes = vec![clean, found];
    assert_eq!(
        summary(&outcomes),
        "  target  executions  findings\n  json     1,234,567         0\n  rs256           12         1\n"
    );
    let told = finish(outcomes).unwrap_err().to_string();
    assert_eq!(
        told,
        "rs256 has a finding: artifacts/crash-1 (log: logs/rs256.log; again: bin/rs256 artifacts/crash-1)"
    );
    assert!(finish(vec![outcome("json", 1, None)]).is_ok());
}

#[test]
fn every_target_has_a_program() {
    let manifest = std::fs::read_to_string(workspace().join("fuzz/Cargo.toml")).unwrap();
    let programs = manifest.matches("[[bin]]").count();
    assert_eq!(programs, TARGETS.len());
    for name in names().into_iter().filter(|name| *name != SIMD) {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}
