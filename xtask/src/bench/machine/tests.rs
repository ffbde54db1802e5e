//! Tests of [`super`].

use super::{model, today};

#[test]
fn the_processor_is_read_from_cpuinfo() {
    let text = "processor\t: 0\nmodel name\t: Some CPU @ 2.80GHz\n";
    assert_eq!(model(text), Some("Some CPU @ 2.80GHz"));
    assert_eq!(model("processor\t: 0\n"), None);
}

#[test]
fn a_date_has_day_month_and_year() {
    assert_eq!(today().split(' ').count(), 3);
}
