//! One token outlives every access token: sign-in, manifest, download, refresh.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use azat_testbed::{Fault, Plan, SampleFile, Stack, Token, ended, shipped_policy, wait_until};
use serde_json::Value;

use crate::support::{assert_denied, content, ordinary, request_manifest, run, saved, sign_in};

/// A stack some of whose files are in the repository alone.
fn stack() -> Stack {
    let plan = Plan {
        repository_only: 2,
        ..Plan::SMALL
    };
    Stack::builder()
        .with_sessions()
        .library(plan)
        .start()
        .unwrap()
}

fn unmirrored(stack: &Stack) -> SampleFile {
    stack.library().repository_only().next().unwrap().clone()
}

fn subject(stack: &Stack) -> String {
    stack.user().subject.clone()
}

/// Compares what was saved with the library.
fn assert_complete(stack: &Stack, directory: &Path) {
    let saved = saved(directory);
    let readable = stack.library().readable();
    let mut expected: Vec<_> = readable
        .iter()
        .map(|file| content_of(stack, file))
        .collect();
    expected.sort();
    assert!(
        saved == expected,
        "{} files instead of {}",
        saved.len(),
        expected.len()
    );
}

fn content_of(stack: &Stack, file: &SampleFile) -> Vec<u8> {
    match &file.repository_url {
        None => content(stack, file),
        Some(_) => {
            std::fs::read(stack.directory().join("repository/files").join(&file.uuid)).unwrap()
        }
    }
}

#[test]
fn a_user_signs_in_once_and_gets_a_command_line_that_works() {
    let stack = stack();
    let (command_line, _) = sign_in(&stack);
    let directory = tempfile::tempdir().unwrap();
    assert!(run(&command_line, directory.path()));
    assert_complete(&stack, directory.path());
    // The mirror never saw an access token, nor the repository an AZAT.
    for request in stack.mirror().requests() {
        assert_eq!(request.header("authorization"), None);
    }
    let repository = stack.repository().unwrap();
    assert_eq!(
        repository.requests().len(),
        stack.library().repository_only().count()
    );
    for request in repository.requests() {
        assert!(
            request
                .header("authorization")
                .unwrap()
                .starts_with("Bearer ya29.")
        );
    }
}

#[test]
fn the_refresh_token_is_withheld() {
    let stack = stack();
    let answer = stack.authorize(&subject(&stack)).unwrap();
    assert_eq!(answer.status, 200);
    let answer: Value = answer.json().unwrap();
    assert!(
        answer["access_token"]
            .as_str()
            .unwrap()
            .starts_with("ya29.")
    );
    assert!(answer["id_token"].is_string());
    assert_eq!(answer["refresh_token"], Value::Null);
}

#[test]
fn who_is_nobody_to_the_origin_gets_no_command_line() {
    let stack = stack();
    // There are no public files.
    let anonymous = request_manifest(&stack, None);
    assert_eq!(anonymous.status, 404);
    assert_eq!(anonymous.json().unwrap()["reason"], "manifest_empty");
    let bad = request_manifest(&stack, Some(&Token::new("ya29.bad-0123456789")));
    assert_eq!(bad.status, 401);
    assert_eq!(bad.json().unwrap()["reason"], "token_invalid");
}

#[test]
fn a_download_crosses_expiries_with_one_refresh_each() {
    let plan = Plan {
        readable: 200,
        repository_only: 190,
        ..Plan::SMALL
    };
    let stack = Stack::builder()
        .with_sessions()
        .library(plan)
        .start()
        .unwrap();
    let google = stack.google().unwrap();
    google.set_access_token_lifetime(4);
    let (command_line, _) = sign_in(&stack);
    stack
        .repository()
        .unwrap()
        .set_fault(Fault::Delay(Duration::from_millis(80)));
    let directory = tempfile::tempdir().unwrap();
    assert!(run(&command_line, directory.path()));
    assert_complete(&stack, directory.path());

    let refreshes = google.refreshes(&subject(&stack));
    assert!(refreshes >= 5, "only {refreshes} refreshes");
    let requests = stack.repository().unwrap().requests();
    let used: BTreeSet<_> = requests
        .iter()
        .filter_map(|request| request.header("authorization"))
        .collect();
    // Each refresh gave one token, and no request was made twice: none was refused.
    assert!(
        used.len() as u64 <= refreshes + 1,
        "{} tokens, {refreshes} refreshes",
        used.len()
    );
    assert!(
        used.len() as u64 >= refreshes,
        "{} tokens, {refreshes} refreshes",
        used.len()
    );
    assert_eq!(requests.len(), stack.library().repository_only().count());
}

#[test]
fn fifty_requests_at_an_expiry_cause_one_refresh() {
    let stack = stack();
    let (_, azat) = sign_in(&stack);
    let path = unmirrored(&stack).path();
    assert_eq!(stack.get(&path, Some(&azat)).unwrap().status, 200);
    let google = stack.google().unwrap();
    let before = google.refreshes(&subject(&stack));
    google.expire_access_tokens(&subject(&stack));
    std::thread::scope(|scope| {
        let requests: Vec<_> = (0..50)
            .map(|_| scope.spawn(|| stack.get(&path, Some(&azat)).unwrap().status))
            .collect();
        for request in requests {
            assert_eq!(request.join().unwrap(), 200);
        }
    });
    assert_eq!(google.refreshes(&subject(&stack)), before + 1);
}

#[test]
fn a_provider_that_rotates_refresh_tokens_is_followed() {
    let stack = stack();
    let google = stack.google().unwrap();
    google.set_rotation(true);
    google.set_access_token_lifetime(2);
    let (_, azat) = sign_in(&stack);
    let path = unmirrored(&stack).path();
    // Each refresh ends the refresh token that it uses: one that was lost would end the session.
    wait_until("there are four refreshes", || {
        assert_eq!(stack.get(&path, Some(&azat)).unwrap().status, 200);
        std::thread::sleep(Duration::from_millis(200));
        google.refreshes(&subject(&stack)) >= 4
    });
}

#[test]
fn a_refresh_that_google_refuses_ends_the_session() {
    let stack = stack();
    let (_, azat) = sign_in(&stack);
    let path = unmirrored(&stack).path();
    assert_eq!(stack.get(&path, Some(&azat)).unwrap().status, 200);
    let google = stack.google().unwrap();
    google.revoke_refresh_tokens(&subject(&stack));
    google.expire_access_tokens(&subject(&stack));
    let answer = stack.get(&path, Some(&azat)).unwrap();
    assert_denied(&answer, 401, "session_revoked");
    assert!(
        answer
            .header("www-authenticate")
            .unwrap()
            .contains("Sign in again")
    );
    // What needs no access token goes on.
    assert_eq!(
        stack
            .get(&ordinary(&stack).path(), Some(&azat))
            .unwrap()
            .status,
        200
    );

    // A token of a new session is good at once.
    let (_, new) = sign_in(&stack);
    assert_eq!(stack.get(&path, Some(&new)).unwrap().status, 200);
}

#[test]
fn a_download_outlives_google() {
    let stack = stack();
    let (_, azat) = sign_in(&stack);
    let file = unmirrored(&stack);
    assert_eq!(stack.get(&file.path(), Some(&azat)).unwrap().status, 200);
    let google = stack.google().unwrap();
    google.expire_access_tokens(&subject(&stack));
    for fault in [Fault::Status(500), Fault::Status(503)] {
        google.set_fault(fault);
        let answer = stack.get(&file.path(), Some(&azat)).unwrap();
        assert_denied(&answer, 503, "identity_provider_unavailable");
    }
    google.clear_fault();
    google.stop();
    let url = format!("{}{}", stack.edge_url(), file.path());
    let answer = std::thread::scope(|scope| {
        let download = scope.spawn(|| {
            let arguments = ["--fail", "--retry", "15", "--retry-delay", "1", "--header"];
            stack
                .curl(&[&arguments[..], &[&azat.header(), &url]].concat())
                .unwrap()
        });
        std::thread::sleep(Duration::from_millis(500));
        google.restart().unwrap();
        download.join().unwrap()
    });
    assert_eq!((answer.exit, answer.status), (0, 200));
    assert_eq!(answer.body, content_of(&stack, &file));
}

#[test]
fn a_repository_that_takes_no_token_does_not_cause_a_refresh_per_file() {
    let stack = stack();
    let (_, azat) = sign_in(&stack);
    let google = stack.google().unwrap();
    let before = google.refreshes(&subject(&stack));
    stack.repository().unwrap().set_fault(Fault::Unauthorized);
    for file in stack.library().repository_only() {
        let answer = stack.get(&file.path(), Some(&azat)).unwrap();
        assert_denied(&answer, 404, "file_not_downloadable");
    }
    let refreshes = google.refreshes(&subject(&stack)) - before;
    assert!(refreshes <= 1, "{refreshes} refreshes");
}

#[test]
fn what_the_repository_says_is_told() {
    let stack = stack();
    let (_, azat) = sign_in(&stack);
    let path = unmirrored(&stack).path();
    let repository = stack.repository().unwrap();
    for (status, told, code) in [
        (403, 404, "file_not_downloadable"),
        (404, 404, "file_not_downloadable"),
        (429, 503, "repository_unavailable"),
        (503, 503, "repository_unavailable"),
    ] {
        repository.set_fault(Fault::Status(status));
        assert_denied(&stack.get(&path, Some(&azat)).unwrap(), told, code);
    }
    repository.clear_fault();
    repository.set_redirects(true);
    let redirect = stack.get(&path, Some(&azat)).unwrap();
    assert_eq!((redirect.status, redirect.body.len()), (302, 0));
    assert!(
        redirect
            .header("location")
            .unwrap()
            .starts_with(&repository.storage().url())
    );
    let url = format!("{}{path}", stack.edge_url());
    let followed = stack
        .curl(&["--location", "--header", &azat.header(), &url])
        .unwrap();
    assert_eq!(
        (followed.status, followed.body),
        (200, content_of(&stack, &unmirrored(&stack)))
    );
}

#[test]
fn a_download_that_the_repository_began_can_go_on_anywhere() {
    let stack = stack();
    let (_, azat) = sign_in(&stack);
    let file = unmirrored(&stack);
    let url = format!("{}{}", stack.edge_url(), file.path());
    let ask = |arguments: &[&str]| {
        let header = azat.header();
        let common = ["--range", "100-", "--header", &header, url.as_str()];
        stack.curl(&[arguments, &common].concat()).unwrap()
    };
    // The tag is the content's, and says nothing of who has it.
    let tag = format!("\"sha-256:{}\"", file.digest.hex);
    let if_range = format!("If-Range: {tag}");
    let rest = ask(&["--header", &if_range]);
    assert_eq!(rest.status, 206);
    assert_eq!(rest.body, &content_of(&stack, &file)[100..]);
    assert_eq!(rest.header("etag"), Some(tag.as_str()));

    let repository = stack.repository().unwrap();
    let range = "bytes=100-109";
    repository.set_fault(Fault::OtherRange { range });
    assert_denied(&ask(&[]), 501, "answer_wrong");
    repository.set_fault(Fault::IgnoreRanges);
    assert_denied(&ask(&[]), 501, "ranges_ignored");
}

#[test]
fn a_user_who_revokes_is_out_within_the_fresh_period() {
    let mut policy = shipped_policy().unwrap();
    policy.freshness.entitlement.fresh_seconds = 1;
    let mut stack = Stack::builder()
        .with_sessions()
        .policy(policy)
        .start()
        .unwrap();
    let access_token = stack.sign_in().unwrap();
    let (_, azat) = sign_in(&stack);
    let path = ordinary(&stack).path();
    assert_eq!(stack.get(&path, Some(&azat)).unwrap().status, 200);
    let url = format!("{}/user/revoke", stack.edge_url());
    let revoked = stack
        .curl(&[
            "--request",
            "POST",
            "--header",
            &access_token.header(),
            &url,
        ])
        .unwrap();
    assert_eq!(revoked.status, 204, "{}", revoked.text());
    std::thread::sleep(Duration::from_millis(1100));
    assert_denied(
        &stack.get(&path, Some(&azat)).unwrap(),
        401,
        "token_revoked",
    );
    // It is not asked about again and again.
    let calls = || stack.origin_calls().unwrap()["/edge/entitlements"];
    let before = calls();
    for _ in 0..5 {
        assert_eq!(stack.get(&path, Some(&azat)).unwrap().status, 401);
    }
    assert_eq!(calls(), before);
    // Nor does the origin's end bring it back.
    stack.stop_origin();
    std::thread::sleep(Duration::from_millis(6100));
    assert_eq!(stack.get(&path, Some(&azat)).unwrap().status, 503);
    stack.start_origin().unwrap();
    std::thread::sleep(Duration::from_millis(2100));

    // A token of a new session is good at once.
    let (_, new) = sign_in(&stack);
    assert_eq!(stack.get(&path, Some(&new)).unwrap().status, 200);
    assert_eq!(stack.get(&path, Some(&azat)).unwrap().status, 401);
}

#[test]
fn killing_the_origin_in_the_middle_of_a_refresh_loses_nothing() {
    let mut stack = stack();
    let (_, azat) = sign_in(&stack);
    let file = unmirrored(&stack);
    assert_eq!(stack.get(&file.path(), Some(&azat)).unwrap().status, 200);
    let subject = subject(&stack);
    stack.google().unwrap().expire_access_tokens(&subject);
    let before = stack.google().unwrap().refreshes(&subject);
    stack
        .google()
        .unwrap()
        .set_fault(Fault::Delay(Duration::from_secs(3)));
    let url = format!("{}{}", stack.edge_url(), file.path());
    let request = Command::new("curl")
        .args([
            "--disable",
            "--silent",
            "--output",
            "/dev/null",
            "--header",
            &azat.header(),
            &url,
        ])
        .spawn()
        .unwrap();
    wait_until("a refresh is done", || {
        stack.google().unwrap().refreshes(&subject) > before
    });
    stack.kill_origin();
    ended(request).unwrap();
    stack.google().unwrap().clear_fault();
    stack.start_origin().unwrap();
    let arguments = ["--fail", "--retry", "15", "--retry-delay", "1", "--header"];
    let answer = stack
        .curl(&[&arguments[..], &[&azat.header(), &url]].concat())
        .unwrap();
    assert_eq!((answer.exit, answer.status), (0, 200));
}

#[test]
fn no_access_or_refresh_token_is_told_to_anybody() {
    let stack = stack();
    let (_, azat) = sign_in(&stack);
    let file = unmirrored(&stack);
    let get = stack.get(&file.path(), Some(&azat)).unwrap();
    let fetch = stack
        .get(&format!("/fetch{}", file.path()), Some(&azat))
        .unwrap();
    stack
        .google()
        .unwrap()
        .revoke_refresh_tokens(&subject(&stack));
    stack
        .google()
        .unwrap()
        .expire_access_tokens(&subject(&stack));
    let refused = stack.get(&file.path(), Some(&azat)).unwrap();
    assert_eq!(refused.status, 401);
    let issued = stack.google().unwrap().issued_tokens();
    assert!(issued.len() >= 2);
    for answer in [get, fetch, refused] {
        let told = format!("{:?} {}", answer.headers, answer.text());
        for token in &issued {
            assert!(!told.contains(token.reveal()));
        }
    }
}

#[test]
fn a_manifest_can_be_kept_for_its_user() {
    let plan = Plan {
        repository_only: 2,
        ..Plan::SMALL
    };
    let switch = "--authenticated-manifests";
    let stack = Stack::builder()
        .with_sessions()
        .library(plan)
        .origin_switch(switch)
        .start()
        .unwrap();
    let (command_line, azat) = sign_in(&stack);
    assert_eq!(
        command_line
            .matches("--header \"Authorization: Bearer ")
            .count(),
        2
    );
    let directory = tempfile::tempdir().unwrap();
    assert!(run(&command_line, directory.path()));
    assert_complete(&stack, directory.path());

    let (_, after) = command_line.split_once(stack.edge_url()).unwrap();
    let path = after.split_whitespace().next().unwrap().trim_matches('\'');
    assert_eq!(stack.get(path, Some(&azat)).unwrap().status, 200);
    assert_eq!(stack.get(path, None).unwrap().status, 401);
    let stranger = stack.mint_for_stranger().unwrap();
    assert_ne!(stack.get(path, Some(&stranger)).unwrap().status, 200);
}

#[test]
fn an_azat_is_given_for_an_access_token_and_not_for_another_azat() {
    let stack = stack();
    let access_token = stack.sign_in().unwrap();
    let given = stack.get("/user/token", Some(&access_token)).unwrap();
    assert_eq!(given.status, 200);
    let azat = stack.token(given.json().unwrap()["token"].as_str().unwrap());
    assert_eq!(
        stack
            .get(&ordinary(&stack).path(), Some(&azat))
            .unwrap()
            .status,
        200
    );
    let again = stack.get("/user/token", Some(&azat)).unwrap();
    assert_eq!(again.status, 400);
    assert_eq!(again.json().unwrap()["reason"], "token_not_exchangeable");
}

#[test]
fn an_access_token_and_an_id_token_refresh_a_session() {
    let stack = stack();
    let (_, azat) = sign_in(&stack);
    let file = unmirrored(&stack);
    // The user's refresh token is gone, but they come along with tokens of their own.
    let own: Value = stack.authorize(&subject(&stack)).unwrap().json().unwrap();
    stack
        .google()
        .unwrap()
        .revoke_refresh_tokens(&subject(&stack));
    let body =
        serde_json::json!({"access_token": own["access_token"], "id_token": own["id_token"]});
    let url = format!("{}/user/refresh", stack.edge_url());
    let refresh = |body: &str| {
        let json = "Content-Type: application/json";
        stack
            .curl(&["--header", json, "--data", body, &url])
            .unwrap()
    };
    assert_eq!(refresh(&body.to_string()).status, 204);
    assert_eq!(stack.get(&file.path(), Some(&azat)).unwrap().status, 200);
    // Another's ID token beside one's own access token binds nothing.
    let other: Value = stack.authorize("42").unwrap().json().unwrap();
    let mixed =
        serde_json::json!({"access_token": own["access_token"], "id_token": other["id_token"]});
    assert_eq!(refresh(&mixed.to_string()).status, 401);
}
