//! That `azat explain` says of a request what the edge does with it.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use azat_testbed::{Artefacts, Stack, Token, ended};
use serde_json::{Value, json};

use crate::support::{ordinary, stack};

/// Policy, keys and documents of a stack, as files.
fn write_files(stack: &Stack) {
    let directory = stack.directory();
    fs::write(directory.join("policy.json"), stack.policy_item().unwrap()).unwrap();
    fs::write(directory.join("keys.json"), stack.keys_item().unwrap()).unwrap();
    let lines = stack.library().to_json_lines().unwrap();
    let files: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let documents = json!({
        "entitlements": [{
            "issuer": stack.edge_url(),
            "subject": stack.user().azat_subject(),
            "sources": [stack.library().readable_source()],
        }],
        "files": files,
        "complete": true,
    });
    fs::write(directory.join("documents.json"), documents.to_string()).unwrap();
}

/// What `azat explain` says of these requests: status and reason in the log.
fn explained(stack: &Stack, requests: &[(String, Option<Token>)]) -> Vec<Value> {
    let mut explain = Command::new(Artefacts::find().unwrap().azat)
        .current_dir(stack.directory())
        .args(["explain", "--policy", "policy.json", "--keys", "keys.json"])
        .args(["--documents", "documents.json", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = explain.stdin.take().unwrap();
    for (path, token) in requests {
        let bearer = token
            .iter()
            .map(|token| json!(["authorization", format!("Bearer {}", token.reveal())]));
        let headers: Vec<Value> = bearer.collect();
        writeln!(input, "{}", json!({"url": path, "headers": headers})).unwrap();
    }
    drop(input);
    let output = ended(explain).unwrap();
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).unwrap();
    let told = lines.lines().map(|line| {
        let told: Value = serde_json::from_str(line).unwrap();
        let in_log = (told.get("log_reason")).unwrap_or(&told["reason"]);
        json!([told["status"], in_log])
    });
    told.collect()
}

#[test]
fn what_is_explained_is_what_is_done() {
    let stack = stack();
    let path = ordinary(&stack).path();
    let forger = stack.forger();
    let good = || Some(stack.mint().unwrap());
    let closed = stack.library().closed()[0].path();
    let requests = [
        (path.clone(), good()),
        (format!("/fetch{path}"), good()),
        (closed, good()),
        (stack.library().unknown_path(1), good()),
        (format!("{path}&version=1"), good()),
        ("/elsewhere".to_owned(), None),
        (path.clone(), None),
        (path.clone(), Some(stack.token("ya29.mock"))),
        (path.clone(), Some(stack.token("garbage"))),
        (path.clone(), Some(forger.forged().unwrap())),
        (path.clone(), Some(forger.expired().unwrap())),
        (path.clone(), Some(forger.expired_and_forged().unwrap())),
        (path.clone(), Some(forger.other_issuer().unwrap())),
        (path.clone(), Some(forger.unknown_kid().unwrap())),
        (path.clone(), Some(forger.without_algorithm())),
        (path.clone(), Some(forger.long_lived().unwrap())),
        (path.clone(), Some(forger.not_yet_valid().unwrap())),
        (path, Some(forger.without_expiration().unwrap())),
    ];
    write_files(&stack);
    for (target, token) in &requests {
        stack.get(target, token.as_ref()).unwrap();
    }
    let log = stack.edge_log(requests.len()).unwrap();
    let done: Vec<Value> = (log.iter())
        .map(|line| json!([line["status"], line["reason"]]))
        .collect();
    assert_eq!(explained(&stack, &requests), done);
}
