//! Pages on trouble with one thing wrong.

use crate::source::Source;
use crate::trouble::findings;

/// What is found on a page that names these tests, beside one file of black-box tests.
fn told(page: &str) -> Vec<String> {
    let source = Source {
        path: "tests/edge/outage.rs".to_owned(),
        text: "#[test]\nfn all_goes_on() {}\n".to_owned(),
    };
    let findings = findings(page, &[source]);
    findings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_test_that_is_there_may_be_named() {
    assert_eq!(told("| `reason` | `outage::all_goes_on` |"), [""; 0]);
}

#[test]
fn a_test_that_is_not_there_is_found() {
    let page = "x\n| `outage::all_ends` | `flood::all_goes_on` |";
    let told = told(page);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("docs/trouble.md:2: ") && told[0].contains("all_ends"));
    assert!(told[1].contains("tests/edge/flood.rs"));
}
