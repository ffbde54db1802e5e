//! Delivery by redirect, real and emulated.

use azat_testbed::Stack;
use serde_json::json;

use crate::support::{assert_denied, content, ordinary, redirecting_policy};

#[test]
fn a_redirect_leads_to_the_mirror_and_leaves_the_token_behind() {
    let stack = Stack::builder()
        .policy(redirecting_policy())
        .start()
        .unwrap();
    let token = stack.mint().unwrap();
    let file = ordinary(&stack);
    let location = format!("{}/{}", stack.mirror().url(), file.mirror_key);

    let redirect = stack.get(&file.path(), Some(&token)).unwrap();
    assert_eq!((redirect.status, redirect.body.len()), (302, 0));
    assert_eq!(redirect.header("location"), Some(location.as_str()));
    assert_eq!(redirect.header("cache-control"), Some("no-store"));

    let url = format!("{}{}", stack.edge_url(), file.path());
    let followed = stack
        .curl(&["--location", "--header", &token.header(), &url])
        .unwrap();
    assert_eq!(
        (followed.status, followed.body),
        (200, content(&stack, &file))
    );
    let requests = stack.mirror().requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].header("authorization"), None);

    let finished = format!("Range: bytes={}-", file.size);
    let resumed = stack
        .curl(&["--header", &token.header(), "--header", &finished, &url])
        .unwrap();
    assert_eq!(resumed.status, 206);

    // Conditions are for whoever sends the file.
    let condition = format!("If-None-Match: \"sha-256:{}\"", file.digest.hex);
    let conditional = stack
        .curl(&["--header", &token.header(), "--header", &condition, &url])
        .unwrap();
    assert_eq!(conditional.status, 302);

    let closed = stack.library().closed()[0].path();
    assert_denied(
        &stack.get(&closed, Some(&token)).unwrap(),
        404,
        "file_not_found",
    );
}

#[test]
fn fetch_tells_the_location_instead_of_leading_there() {
    let stack = Stack::builder().start().unwrap();
    let token = stack.mint().unwrap();
    let file = ordinary(&stack);
    let answer = stack
        .get(&format!("/fetch{}", file.path()), Some(&token))
        .unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let location = format!("{}/{}", stack.mirror().url(), file.mirror_key);
    assert_eq!(
        answer.json().unwrap(),
        json!({"Status": 302, "Location": location})
    );
    let expired = stack.forger().expired().unwrap();
    let refused = stack
        .get(&format!("/fetch{}", file.path()), Some(&expired))
        .unwrap();
    assert_denied(&refused, 401, "token_expired");
}
