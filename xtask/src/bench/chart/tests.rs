//! Tests of [`super`].

use super::*;
use crate::bench::machine::Machine;
use crate::bench::report::Found;

#[test]
fn lines_break_between_words() {
    assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
}

#[test]
fn text_is_escaped() {
    let mut body = String::new();
    text(&mut body, 1.0, 2.0, "small", "a < b & c");
    assert!(body.contains("a &lt; b &amp; c"), "{body}");
}

#[test]
fn a_chart_without_an_operation_that_it_shows_is_none() {
    let machine = Machine {
        date: String::new(),
        processor: String::new(),
        processors: 2,
        versions: Vec::new(),
    };
    let told = svg(&Report::new(machine, &Found::default(), None)).unwrap_err();
    assert_eq!(told.to_string(), "nothing was measured of token RS256-2048");
}
