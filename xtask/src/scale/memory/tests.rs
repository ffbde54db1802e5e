//! Tests of [`super`].

use super::*;

#[test]
fn the_high_water_mark_is_read() {
    let status = "Name:\tazat\nVmPeak:\t  9000 kB\nVmHWM:\t  1234 kB\nVmRSS:\t 1000 kB\n";
    assert_eq!(high_water_mark(status), Some(1_234 * 1_024));
    assert_eq!(high_water_mark("Name:\tazat\nState:\tZ (zombie)\n"), None);
}

#[test]
fn this_process_has_used_some_memory() {
    assert!(peak(std::process::id()).unwrap() > 100_000);
}
