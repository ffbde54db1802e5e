//! One line for each request, and nothing in it that opens a door.

use serde_json::Value;

use crate::support::{ordinary, stack};

#[test]
fn each_request_has_one_line_with_its_reason() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = ordinary(&stack);
    stack.get(&file.path(), Some(&token)).unwrap();
    stack
        .get(&stack.library().closed()[0].path(), Some(&token))
        .unwrap();
    stack.get(&file.path(), None).unwrap();
    stack.get("/nothing", None).unwrap();
    let log = stack.edge_log(4).unwrap();
    assert_eq!(log.len(), 4);
    let column = |name: &str| {
        log.iter()
            .map(|line| line[name].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(column("status"), [200, 404, 401, 404]);
    let reasons = [
        None,
        Some("source_refused"),
        Some("credential_missing"),
        Some("route_unknown"),
    ];
    assert_eq!(column("reason"), reasons.map(Value::from));
    assert_eq!(column("system"), ["azat", "azat", "anonymous", "unknown"]);
    assert_eq!(log[0]["route"], "/repository/files/{uuid}");
    assert_eq!(log[0]["file"]["uuid"], file.uuid.as_str());
    assert_eq!(log[0]["subject"], log[1]["subject"]);
    assert!(
        !log[0].to_string().contains(&stack.user().subject),
        "a subject stands in the log"
    );
}
