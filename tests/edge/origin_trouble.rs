//! The origin is down: what is cached goes on working, everything else is 503.

use azat_policy::Period;

use crate::support::{assert_denied, content, ordinary, stack};

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
