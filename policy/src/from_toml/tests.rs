//! Tests of [`super`].

use crate::Policy;

/// The policy that the project ships, as its operator left it.
const SHIPPED: &str = include_str!("../../../policy.toml");

/// A good policy. The shipped one is its operator's to change.
const GOOD: &str = r#"# Comments and blank lines count as lines.

base_url = "https://azul.example"
default_catalog = "dcp"

[mirror]
redirect_base = "https://mirror.example/"

[freshness]
entitlement = { fresh_seconds = 60, stale_seconds = 300 }
file = { fresh_seconds = 60, stale_seconds = 300 }

[profiles.azat]
algorithm = "RS256"
issuer = "https://azul.example"
maximum_lifetime_seconds = 604_800
leeway_seconds = 60

[[routes]]
path = "/repository/files/{uuid}"
methods = ["GET", "HEAD"]
accepts = ["azat"]
answer = { file = "stream" }

[[routes]]
path = "/manifest/files/{key}"
methods = ["GET"]
passes = ["anonymous"]
answer = "origin"
"#;

fn fault(text: &str) -> String {
    Policy::from_toml(text).unwrap_err().to_string()
}

/// The good policy with one text in place of another.
fn changed(from: &str, to: &str) -> String {
    assert_eq!(GOOD.matches(from).count(), 1, "{from}");
    GOOD.replace(from, to)
}

fn line_of(text: &str, part: &str) -> usize {
    1 + text.lines().position(|line| line.contains(part)).unwrap()
}

#[test]
fn the_shipped_policy_is_good() {
    assert!(!Policy::from_toml(SHIPPED).unwrap().allow_loopback);
}

#[test]
fn what_is_written_is_read() {
    let policy = Policy::from_toml(GOOD).unwrap();
    assert_eq!(policy.default_catalog.as_str(), "dcp");
    assert_eq!(policy.routes.len(), 2);
    assert_eq!(Policy::from_compact(&policy.to_compact()), Ok(policy));
}

#[test]
fn a_fault_names_its_line() {
    let wrong = changed("leeway_seconds = 60", "leeway_seconds = 61");
    let line = line_of(&wrong, "leeway_seconds = 61");
    assert_eq!(
        fault(&wrong),
        format!("line {line}, profiles.azat.leeway_seconds: expected at most 60")
    );

    let wrong = changed("answer = \"origin\"", "answer = \"origins\"");
    let line = line_of(&wrong, "\"origins\"");
    assert!(
        fault(&wrong).starts_with(&format!("line {line}: ")),
        "{}",
        fault(&wrong)
    );

    let wrong = changed("path = \"/manifest/files/{key}\"", "path = \"/edge/{key}\"");
    let line = line_of(&wrong, "/edge/{key}");
    assert!(
        fault(&wrong).starts_with(&format!("line {line}, routes.1.path: ")),
        "{}",
        fault(&wrong)
    );
}

#[test]
fn a_fault_of_what_is_missing_names_the_line_around_it() {
    let wrong = changed("accepts = [\"azat\"]\n", "");
    let line = line_of(&wrong, "[[routes]]");
    let found = fault(&wrong);
    assert!(
        found.starts_with(&format!("line {line}, routes.0.accepts: ")),
        "{found}"
    );

    let wrong = changed("default_catalog = \"dcp\"", "");
    assert!(
        fault(&wrong).contains("missing field `default_catalog`"),
        "{}",
        fault(&wrong)
    );
    assert!(fault("[").starts_with("line 1: "), "{}", fault("["));
}
