//! Tests of [`super`].

use super::*;

#[test]
fn the_log_tells_what_came_out() {
    let log = "INFO: Seed: 1\nstat::number_of_executed_units: 20000\nstat::new_units_added: 3\n";
    assert_eq!((executions(log), input(log)), (20_000, None));
    let log = "thread panicked\nartifact_prefix='a/'; Test unit written to a/crash-1\n";
    assert_eq!((executions(log), input(log)), (0, Some("a/crash-1".into())));
}
