//! Which credentials are refused, and with what words.

use azat_testbed::Token;
use serde_json::json;

use crate::support::{assert_denied, last_reason, ordinary, stack};

#[test]
fn bad_tokens_are_refused_by_reason() {
    let stack = stack();
    let path = ordinary(&stack).path();
    let forger = stack.forger();
    let mut no_subject = forger.claims();
    no_subject["sub"] = json!("");
    let rows = [
        (stack.token("garbage"), "token_malformed"),
        (stack.token("eyJhbGciOiJSUzI1NiJ9.e30"), "token_malformed"),
        (forger.forged().unwrap(), "token_forged"),
        (forger.tampered().unwrap(), "token_forged"),
        (forger.expired().unwrap(), "token_expired"),
        (forger.expired_and_forged().unwrap(), "token_forged"),
        (forger.other_issuer().unwrap(), "token_issuer_refused"),
        (forger.unknown_kid().unwrap(), "token_key_unknown"),
        (forger.without_algorithm(), "token_algorithm_refused"),
        (
            forger.public_key_as_secret().unwrap(),
            "token_algorithm_refused",
        ),
        (forger.long_lived().unwrap(), "token_lifetime_too_long"),
        (forger.not_yet_valid().unwrap(), "token_not_yet_valid"),
        (
            forger.without_expiration().unwrap(),
            "token_claims_malformed",
        ),
        (
            forger.authentic(&no_subject).unwrap(),
            "token_claims_malformed",
        ),
    ];
    for (index, (token, code)) in rows.iter().enumerate() {
        let answer = stack.get(&path, Some(token)).unwrap();
        assert_denied(&answer, 401, code);
        assert_eq!(last_reason(&stack, index + 1), *code);
        // What curl gets with --fail: exit 22, which ends a batch.
        let failed = stack
            .curl(&["--fail", "--header", &token.header(), &url(&stack, &path)])
            .unwrap();
        assert_eq!(failed.exit, 22, "{code}");
    }
    let calls = stack.origin_calls().unwrap();
    assert_eq!(
        calls.get("/edge/entitlements"),
        None,
        "a bad token cost the origin a call"
    );
}

#[test]
fn an_expired_token_says_when_it_expired_and_what_to_do() {
    let stack = stack();
    let token = stack.forger().expired().unwrap();
    let answer = stack.get(&ordinary(&stack).path(), Some(&token)).unwrap();
    let challenge = answer.header("www-authenticate").unwrap();
    assert!(
        challenge.starts_with("Bearer realm=\"files\", error=\"invalid_token\""),
        "{challenge}"
    );
    assert!(
        challenge.contains("The token expired on ") && challenge.contains(" GMT"),
        "{challenge}"
    );
    assert!(
        challenge.contains("Request a new command line"),
        "{challenge}"
    );
}

#[test]
fn there_is_exactly_one_bearer_token() {
    let stack = stack();
    let path = ordinary(&stack).path();
    let url = url(&stack, &path);
    let token = stack.mint().unwrap();
    let header = token.header();

    let missing = stack.get(&path, None).unwrap();
    assert_denied(&missing, 401, "credential_missing");
    assert_eq!(
        missing.header("www-authenticate"),
        Some("Bearer realm=\"files\"")
    );

    let ask = |arguments: &[&str]| stack.curl(&[arguments, &[url.as_str()]].concat()).unwrap();
    assert_denied(
        &ask(&["--header", &header, "--header", &header]),
        400,
        "credentials_several",
    );
    assert_denied(
        &ask(&["--user", "user:password"]),
        401,
        "scheme_unsupported",
    );
    assert_denied(
        &ask(&["--header", "Authorization: Bearer"]),
        400,
        "credential_malformed",
    );
    let two_in_one = format!("{header}, {}", token.reveal());
    assert_denied(
        &ask(&["--header", &two_in_one]),
        400,
        "credential_malformed",
    );

    let lower_case = header.replace("Bearer", "bearer");
    assert_eq!(ask(&["--header", &lower_case]).status, 200);
    let google = stack
        .get(&path, Some(&Token::new("ya29.a0AfB_by")))
        .unwrap();
    assert_denied(&google, 401, "credential_not_accepted");
}

#[test]
fn a_token_in_the_url_is_refused_and_not_logged() {
    let stack = stack();
    let file = ordinary(&stack);
    let token = stack.mint().unwrap();
    for name in ["token", "access_token", "x"] {
        let path = format!("{}&{name}={}", file.path(), token.reveal());
        assert_denied(&stack.get(&path, None).unwrap(), 400, "token_in_url");
        assert_denied(
            &stack.get(&path, Some(&token)).unwrap(),
            400,
            "token_in_url",
        );
    }
    let encoded = token.reveal().replace('.', "%252E");
    for path in [
        format!("/manifest/files/x?t={}", token.reveal()),
        format!("/manifest/files/x?{}", token.reveal()),
        format!("/manifest/files/x?t=Bearer%20{}", token.reveal()),
        format!("/manifest/files/x?t={encoded}"),
        format!("/manifest/files/{}", token.reveal()),
    ] {
        assert_denied(&stack.get(&path, None).unwrap(), 400, "token_in_url");
    }
    assert_eq!(
        stack.origin_calls().unwrap().get("/manifest/files/{key}"),
        None
    );
}

#[test]
fn a_user_without_a_row_has_no_session() {
    let stack = stack();
    let token = stack.mint_for_stranger().unwrap();
    let answer = stack.get(&ordinary(&stack).path(), Some(&token)).unwrap();
    assert_denied(&answer, 401, "session_missing");
    assert!(
        answer
            .header("www-authenticate")
            .unwrap()
            .contains("Sign in again")
    );
}

#[test]
fn the_origin_verifies_a_token_itself() {
    let stack = stack();
    // The forger's key is published at the edge alone.
    let token = stack.forger().valid().unwrap();
    let answer = stack.get(&ordinary(&stack).path(), Some(&token)).unwrap();
    assert_denied(&answer, 503, "origin_unavailable");
    let line = stack.edge_log(1).unwrap().remove(0);
    assert_eq!(line["cause"], "the origin does not believe the token");
}

fn url(stack: &azat_testbed::Stack, path: &str) -> String {
    format!("{}{path}", stack.edge_url())
}
