//! What a query says is taken as it is meant, or the request is refused.

use azat_testbed::{CurlAnswer, Stack, Token};
use serde_json::Value;

use crate::support::{assert_denied, ordinary, stack};

/// The advice of an answer that is a problem document.
fn detail(answer: &CurlAnswer) -> String {
    let problem: Value = answer.json().unwrap();
    problem["detail"].as_str().unwrap().to_owned()
}

fn ask(stack: &Stack, token: &Token, path: &str) -> CurlAnswer {
    stack.get(path, Some(token)).unwrap()
}

#[test]
fn a_parameter_that_nobody_knows_is_named_and_not_ignored() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let path = ordinary(&stack).path();
    assert!(path.contains("&version="), "{path}");
    let misspelt = [
        ("&amp;version=", "Unknown query parameter `amp;version`"),
        ("&Version=", "Unknown query parameter `Version`"),
        ("&versoin=", "Unknown query parameter `versoin`"),
        (
            "&x&catalogue=a&version=",
            "Unknown query parameters `catalogue`, `x`",
        ),
        (
            "&%3Cscript%3E=x&version=",
            "Unknown query parameter (not all of them can be repeated here)",
        ),
    ];
    for (instead, told) in misspelt {
        let path = path.replace("&version=", instead);
        for path in [path.clone(), format!("/fetch{path}")] {
            let answer = ask(&stack, &token, &path);
            assert_denied(&answer, 400, "parameter_unknown");
            assert_eq!(detail(&answer), told);
        }
        let stranger = stack.get(&path, None).unwrap();
        assert_denied(&stranger, 401, "credential_missing");
    }
    let twice = path.replace("?", "?version=2018-09-14T12%3A33%3A47.221025Z&");
    assert_denied(&ask(&stack, &token, &twice), 400, "parameter_invalid");
    let passed = stack.get("/manifest/files/nosuchkey?foo=1", None).unwrap();
    assert_eq!(passed.status, 404, "the origin knows its own parameters");
}

#[test]
fn what_azul_ever_wrote_into_a_url_is_accepted() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let path = ordinary(&stack).path();
    let old = "replica=gcp&wait=1&requestIndex=1&fileName=a&drsUri=&drsPath=x%2Fy&token=secret";
    let answer = ask(&stack, &token, &format!("{path}&{old}"));
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[test]
fn a_file_is_saved_under_the_name_that_was_asked_for() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let file = ordinary(&stack);
    let saved_as = |name: &str| {
        let path = format!("{}&fileName={name}", file.path());
        let answer = ask(&stack, &token, &path);
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
        answer.header("content-disposition").unwrap().to_owned()
    };
    let names = ["eyJ_sample.R1.fastq.gz", "b.txt", "eye.tar.gz"];
    for name in names {
        let expected = format!("attachment; filename=\"{name}\"; ");
        assert!(saved_as(name).starts_with(&expected), "{}", saved_as(name));
    }
    assert!(saved_as("a%20b+%22%C3%A4").contains("filename*=UTF-8''a%20b%20%22%C3%A4"));
    let own = saved_as("");
    for unsafe_name in [
        "..",
        ".curlrc",
        "..%2Fx",
        "a%5Cb",
        "gpj.%E2%80%AEexe",
        "a%0D%0Ab",
        "%FF",
    ] {
        assert_eq!(saved_as(unsafe_name), own, "{unsafe_name}");
    }
}
