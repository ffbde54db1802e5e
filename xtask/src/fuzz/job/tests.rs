//! Tests of [`super`].

use std::path::Path;

use super::*;

#[test]
fn the_log_tells_what_came_out() {
    let log = "INFO: Seed: 1\nstat::number_of_executed_units: 20000\nstat::new_units_added: 3\n";
    assert_eq!((executions(log), input(log)), (20_000, None));
    let log = "thread panicked\nartifact_prefix='a/'; Test unit written to a/crash-1\n";
    assert_eq!((executions(log), input(log)), (0, Some("a/crash-1".into())));
}

/// A job that has ended before anybody looks, and that says that it did so many executions.
fn brief(target: &'static str, executions: u64, folder: &Path) -> Job {
    let said = format!("echo stat::number_of_executed_units: {executions}");
    Job {
        target,
        program: ["sh", "-c", &said].map(OsString::from).into(),
        corpus: folder.join("corpus"),
        artifacts: folder.join("artifacts"),
        dictionary: folder.join("dictionary"),
        log: folder.join(target),
        limit: Limit::Runs(20),
    }
}

#[test]
fn jobs_that_end_together_do_not_end_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let targets = ["a", "b", "c", "d", "e", "f"];
    let jobs = targets.map(|target| brief(target, 20, folder.path()));
    let outcomes = run(jobs.into(), 2).unwrap();
    let ended: Vec<&str> = outcomes.iter().map(|outcome| outcome.target).collect();
    assert_eq!(ended, targets);
    assert!(outcomes.iter().all(|outcome| !outcome.failed));
}

#[test]
fn a_run_that_ends_early_has_failed_though_it_says_that_all_is_well() {
    let folder = tempfile::tempdir().unwrap();
    let failed = |executions, limit| {
        let brief = brief("a", executions, folder.path());
        let outcomes = run(vec![Job { limit, ..brief }], 1).unwrap();
        outcomes[0].finding().is_some()
    };
    assert!(failed(19, Limit::Runs(20)));
    assert!(!failed(20, Limit::Runs(20)));
    assert!(failed(0, Limit::Seconds(1)));
    assert!(!failed(1, Limit::Seconds(1)));
}
