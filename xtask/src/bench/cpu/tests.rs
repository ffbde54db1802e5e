//! Tests of [`super`].

use std::process::Command;

use super::*;

#[test]
fn the_first_number_of_schedstat_is_the_time_on_a_processor() {
    assert_eq!(running("136580 14150780 2\n"), Some(136_580));
    assert_eq!(running(""), None);
}

#[test]
fn a_process_without_workers_is_not_one_that_costs_nothing() {
    let mut other = Command::new("sleep").arg("60").spawn().unwrap();
    let told = of_workers(other.id()).unwrap_err().to_string();
    other.kill().unwrap();
    other.wait().unwrap();
    assert!(told.ends_with("is a tokio-rt-worker"), "{told}");
}
