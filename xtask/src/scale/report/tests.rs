//! Tests of [`super`].

use super::*;

fn report(times_are_bounded: bool) -> Report {
    let mut report = Report::new(times_are_bounded);
    let ran = Ran {
        what: "azat check".to_owned(),
        time: Duration::from_millis(1_500),
        peak_memory: 12_345_678,
        store: 1_234_000_000,
        said: String::new(),
    };
    report.ran(ran, ", again");
    report.measured("start, s", 0.5);
    report.bounded("memory, MB", 500.1, 500.0);
    report.bounded("other memory, MB", 500.0, 500.0);
    report.bounded_time("late, ms", f64::NAN, 2.0);
    report
}

#[test]
fn bounds_that_are_broken_are_told() {
    let memory = "memory, MB: 500, at most 500";
    let late = "late, ms: NaN, at most 2.00";
    assert_eq!(report(true).broken(), [memory, late]);
    assert_eq!(report(false).broken(), [memory]);
}

#[test]
fn tables_are_markdown() {
    let expected = "\
| command | s | peak memory, MB | store after it, MB |
|---|---:|---:|---:|
| `azat check`, again | 1.50 | 12.3 | 1234 |

| | measured | at most |
|---|---:|---:|
| start, s | 0.50 |  |
| memory, MB | 500 | 500 |
| other memory, MB | 500 | 500 |
| late, ms | NaN | 2.00 |
";
    assert_eq!(report(true).markdown(), expected);
}
