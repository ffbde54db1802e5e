//! What the edge leaves to the origin passes unchanged.

use azat_testbed::Token;

use crate::support::{assert_denied, stack};

#[test]
fn anonymous_and_google_requests_pass_where_the_route_says_so() {
    let stack = stack();
    let direct = stack.origin_get("/.well-known/jwks.json").unwrap();
    assert_eq!(direct.status, 200);
    let google = Token::new("ya29.a0AfB_byC0123456789");
    for token in [None, Some(&google)] {
        let passed = stack.get("/.well-known/jwks.json", token).unwrap();
        assert_eq!((passed.status, &passed.body), (200, &direct.body));
        assert_eq!(
            passed.header("content-type"),
            Some("application/jwk-set+json")
        );
        assert_eq!(
            passed.header("cache-control"),
            direct.header("cache-control")
        );
    }
    let calls = stack.origin_calls().unwrap();
    assert_eq!(
        calls["/.well-known/jwks.json"], 3,
        "answers to passed requests are not cached"
    );

    let unknown = stack.get("/manifest/files/nosuchkey", None).unwrap();
    let unknown_at_origin = stack.origin_get("/manifest/files/nosuchkey").unwrap();
    assert_eq!(unknown.status, 404);
    assert_eq!(unknown.body, unknown_at_origin.body);

    let log = stack.edge_log(3).unwrap();
    assert_eq!(log[0]["system"], "anonymous");
    assert_eq!(log[1]["system"], "google");
}

#[test]
fn a_token_for_the_edge_is_not_handed_to_a_route_that_does_not_take_it() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let answer = stack.get("/.well-known/jwks.json", Some(&token)).unwrap();
    assert_denied(&answer, 401, "credential_not_accepted");
    assert_eq!(
        stack.origin_calls().unwrap().get("/.well-known/jwks.json"),
        None
    );
}

#[test]
fn a_manifest_reaches_the_client_whole() {
    let stack = stack();
    let path = stack
        .manifest_url()
        .strip_prefix(stack.edge_url())
        .unwrap()
        .to_owned();
    let passed = stack.get(&path, None).unwrap();
    let direct = stack.origin_get(&path).unwrap();
    assert_eq!((passed.status, &passed.body), (200, &direct.body));
    let text = passed.text();
    assert!(
        text.starts_with("--http1.1\n\n--create-dirs\n\n"),
        "{text:.80}"
    );
    assert_eq!(
        text.matches("url=\"").count(),
        stack.library().readable().len()
    );
    assert!(!text.contains("Bearer"), "a manifest holds no token");
}
