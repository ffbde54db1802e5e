//! Tests of [`super`].

use std::io::{Write as _, pipe};

use super::Lines;

#[test]
fn lines_come_one_by_one_before_the_end() {
    let (output, mut program) = pipe().unwrap();
    let mut lines = Lines::of(output);
    for line in ["first", "second"] {
        writeln!(program, "{line}").unwrap();
        assert_eq!(lines.next().as_deref(), Some(line));
    }
    write!(program, "third").unwrap();
    drop(program);
    assert_eq!(lines.collect::<Vec<_>>(), ["third"]);
}
