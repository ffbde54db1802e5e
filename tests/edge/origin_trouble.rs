//! The origin is down, or hangs: what is cached goes on working, everything else is 503.

use std::time::Duration;

use azat_policy::{Patience, Period, Policy};
use azat_testbed::{CurlAnswer, Stack, Token};

use crate::support::{assert_denied, content, ordinary, stack};

/// What is kept is fresh for a second, and may be used for long after that.
fn soon_stale() -> Policy {
    let mut policy = azat_testbed::shipped_policy().unwrap();
    let period = Period {
        fresh_seconds: 1,
        stale_seconds: 3_600,
    };
    policy.freshness.entitlement = period;
    policy.freshness.file = period;
    policy
}

fn soon_stale_stack() -> Stack {
    Stack::builder().policy(soon_stale()).start().unwrap()
}

fn let_it_get_stale() {
    std::thread::sleep(Duration::from_millis(1_100));
}

/// Asks, and gives up after that many seconds: the answer must come before, whatever hangs.
fn get_within(stack: &Stack, path: &str, token: &Token, seconds: &str) -> CurlAnswer {
    let url = format!("{}{path}", stack.edge_url());
    let header = token.header();
    stack
        .curl(&["--max-time", seconds, "--header", &header, &url])
        .unwrap()
}

#[test]
fn what_is_cached_outlives_the_origin() {
    let mut stack = stack();
    let token = stack.mint().unwrap();
    let file = ordinary(&stack);
    let other = stack.library().readable()[0].clone();
    assert_ne!(file.uuid, other.uuid);
    assert_eq!(stack.get(&file.path(), Some(&token)).unwrap().status, 200);

    stack.stop_origin();
    let cached = stack.get(&file.path(), Some(&token)).unwrap();
    assert_eq!((cached.status, cached.body), (200, content(&stack, &file)));
    assert_denied(
        &stack.get(&other.path(), Some(&token)).unwrap(),
        503,
        "origin_unavailable",
    );
    assert_denied(
        &stack.get("/manifest/files/x", None).unwrap(),
        503,
        "origin_unavailable",
    );
    // What needs no origin is still refused for what it is.
    let forged = stack.forger().forged().unwrap();
    assert_denied(
        &stack.get(&file.path(), Some(&forged)).unwrap(),
        401,
        "token_forged",
    );

    // curl comes back by itself, and the download goes on.
    stack.start_origin().unwrap();
    let url = format!("{}{}", stack.edge_url(), other.path());
    let retried = stack
        .curl(&[
            "--fail",
            "--retry",
            "15",
            "--retry-delay",
            "1",
            "--header",
            &token.header(),
            &url,
        ])
        .unwrap();
    assert_eq!((retried.exit, retried.body), (0, content(&stack, &other)));
}

#[test]
fn an_entitlement_may_be_stale_only_while_the_policy_lets_it() {
    let mut policy = azat_testbed::shipped_policy().unwrap();
    policy.freshness.entitlement = Period {
        fresh_seconds: 1,
        stale_seconds: 3,
    };
    let mut stack = azat_testbed::Stack::builder()
        .policy(policy)
        .start()
        .unwrap();
    let token = stack.mint().unwrap();
    let path = ordinary(&stack).path();
    let status = |stack: &azat_testbed::Stack| stack.get(&path, Some(&token)).unwrap().status;
    assert_eq!(status(&stack), 200);
    stack.stop_origin();
    let stale = std::iter::from_fn(|| {
        std::thread::sleep(std::time::Duration::from_millis(200));
        Some(status(&stack))
    });
    let seen: Vec<_> = stale.take(60).take_while(|status| *status == 200).collect();
    // 4 seconds at 5 requests a second, and requests take a moment themselves.
    assert!(
        (2..=25).contains(&seen.len()),
        "served {} times without the origin",
        seen.len()
    );
    assert_denied(
        &stack.get(&path, Some(&token)).unwrap(),
        503,
        "origin_unavailable",
    );
}

#[test]
fn nobody_learns_in_an_outage_what_is_closed_and_what_is_not_there() {
    let mut stack = soon_stale_stack();
    let token = stack.mint().unwrap();
    let closed = stack.library().closed()[0].path();
    let unknown = stack.library().unknown_path(0);
    for path in [&closed, &unknown] {
        let refused = stack.get(path, Some(&token)).unwrap();
        assert_denied(&refused, 404, "file_not_found");
    }
    stack.stop_origin();
    // What the origin has said counts for five seconds; what is kept of it after that says nothing.
    std::thread::sleep(Duration::from_millis(6_100));
    let but_passing = |answer: &CurlAnswer| {
        let passing = ["date", "retry-after"];
        let fields = (answer.headers.iter()).filter(|(name, _)| !passing.contains(&name.as_str()));
        fields.cloned().collect::<Vec<_>>()
    };
    for _ in 0..2 {
        let of_closed = stack.get(&closed, Some(&token)).unwrap();
        let of_unknown = stack.get(&unknown, Some(&token)).unwrap();
        assert_denied(&of_closed, 503, "origin_unavailable");
        assert_eq!(but_passing(&of_closed), but_passing(&of_unknown));
        assert_eq!(of_closed.body, of_unknown.body);
    }
}

#[test]
fn a_hung_origin_costs_a_moment_where_there_is_a_spare() {
    let stack = soon_stale_stack();
    let token = stack.mint().unwrap();
    let files = &stack.library().readable()[..4];
    for file in files {
        assert_eq!(stack.get(&file.path(), Some(&token)).unwrap().status, 200);
    }
    let_it_get_stale();
    stack.hang_origin();
    // The backend's own limit is ten seconds, for each of two documents.
    for file in files {
        let answer = get_within(&stack, &file.path(), &token, "5");
        assert_eq!((answer.exit, answer.status), (0, 200), "{}", file.name);
        assert_eq!(answer.body, content(&stack, file));
    }
    // Those who come at the same time use it too, whoever leads.
    let_it_get_stale();
    let path = files[0].path();
    std::thread::scope(|scope| {
        let ask = || get_within(&stack, &path, &token, "5");
        let requests: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        for request in requests {
            let answer = request.join().unwrap();
            assert_eq!((answer.exit, answer.status), (0, 200));
        }
    });
    // Where there is none, the edge's own patience ends before the backend's.
    let other = &stack.library().readable()[4];
    let answer = get_within(&stack, &other.path(), &token, "9.8");
    assert_eq!(answer.exit, 0, "it took longer than the edge waits");
    assert_denied(&answer, 503, "origin_unavailable");
    stack.resume_origin();
    let url = format!("{}{}", stack.edge_url(), other.path());
    let header = token.header();
    let retried = stack
        .curl(&[
            "--retry",
            "15",
            "--retry-delay",
            "1",
            "--header",
            &header,
            &url,
        ])
        .unwrap();
    assert_eq!((retried.exit, retried.status), (0, 200));
}

#[test]
fn after_two_subjects_have_met_trouble_nobody_waits() {
    let mut policy = soon_stale();
    policy.patience = Patience {
        with_spare_ms: 5_000,
        without_spare_ms: 6_000,
    };
    let stack = Stack::builder().policy(policy).start().unwrap();
    let (token, strangers) = (stack.mint().unwrap(), stack.mint_for_stranger().unwrap());
    let path = ordinary(&stack).path();
    for token in [&token, &strangers] {
        stack.get(&path, Some(token)).unwrap();
    }
    let_it_get_stale();
    stack.hang_origin();
    for token in [&token, &strangers] {
        get_within(&stack, &path, token, "15");
    }
    // Less than a request with a spare waits.
    for _ in 0..3 {
        let answer = get_within(&stack, &path, &token, "4");
        assert_eq!((answer.exit, answer.status), (0, 200));
    }
}
