//! A page that does not show what it says it shows.

use crate::guide::{PAGE, findings};
use crate::source::Source;

const PAGE_TEXT: &str = "# Page\n\n```rust src/a.rs\nmod fixed_header;\n```\n\n```\nplain\n```\n";

fn told(page: &str, files: &[(&str, &str)]) -> Vec<String> {
    let sources: Vec<Source> = (files.iter())
        .map(|(path, text)| Source {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        })
        .collect();
    let findings = findings(page, &sources);
    findings.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_shown_is_there_and_nothing_is_left_out() {
    assert!(told(PAGE_TEXT, &[("src/a.rs", "mod fixed_header;\nmod b;\n")]).is_empty());
    // Tests may say what they like.
    let tests = ("src/a/tests.rs", "use super::fixed_header;\n");
    assert!(told(PAGE_TEXT, &[("src/a.rs", "mod fixed_header;\n"), tests]).is_empty());
}

#[test]
fn an_excerpt_that_its_file_does_not_hold_is_found() {
    let expected = format!("{PAGE}:3: src/a.rs does not say this. Copy it anew.");
    assert_eq!(told(PAGE_TEXT, &[("src/a.rs", "mod b;\n")]), [expected]);
}

#[test]
fn a_line_that_is_not_shown_is_found() {
    let file = ("src/a.rs", "mod fixed_header;\n    fixed_header::of,\n");
    let expected = format!("src/a.rs:2: {PAGE} says that it shows every such line. Add this one.");
    assert_eq!(told(PAGE_TEXT, &[file]), [expected]);
}
