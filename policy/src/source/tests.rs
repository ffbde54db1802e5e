use crate::Policy;

/// The policy that the project ships.
const SHIPPED: &str = include_str!("../../../policy.toml");

fn fault(text: &str) -> String {
    Policy::from_toml(text).unwrap_err().to_string()
}

fn line_of(text: &str, part: &str) -> usize {
    1 + text.lines().position(|line| line.contains(part)).unwrap()
}

#[test]
fn the_shipped_policy_is_good() {
    let policy = Policy::from_toml(SHIPPED).unwrap();
    assert_eq!(policy.routes.len(), 9);
    assert!(!policy.allow_loopback);
    assert!(
        policy.to_compact().len() < 8000,
        "a Config Store takes no more"
    );
}

#[test]
fn a_fault_names_its_line() {
    let wrong = SHIPPED.replacen("leeway_seconds = 60", "leeway_seconds = 61", 1);
    let line = line_of(&wrong, "leeway_seconds = 61");
    assert_eq!(
        fault(&wrong),
        format!("line {line}, profiles.azat.leeway_seconds: expected at most 60")
    );

    let wrong = SHIPPED.replace("answer = \"fetch\"", "answer = \"fetched\"");
    let line = line_of(&wrong, "\"fetched\"");
    assert!(
        fault(&wrong).starts_with(&format!("line {line}: ")),
        "{}",
        fault(&wrong)
    );

    let wrong = SHIPPED.replace("path = \"/manifest/files/{key}\"", "path = \"/edge/{key}\"");
    let line = line_of(&wrong, "/edge/{key}");
    assert!(
        fault(&wrong).starts_with(&format!("line {line}, routes.3.path: ")),
        "{}",
        fault(&wrong)
    );
}

#[test]
fn a_fault_of_what_is_missing_names_the_line_around_it() {
    let wrong = SHIPPED.replacen("accepts = [\"azat\"]\n", "", 1);
    let line = line_of(&wrong, "[[routes]]");
    let found = fault(&wrong);
    assert!(
        found.starts_with(&format!("line {line}, routes.0.accepts: ")),
        "{found}"
    );

    let wrong = SHIPPED.replace("default_catalog = \"dcp46\"", "");
    assert!(
        fault(&wrong).contains("missing field `default_catalog`"),
        "{}",
        fault(&wrong)
    );
    assert!(fault("[").starts_with("line 1: "), "{}", fault("["));
}
