//! The origin is asked once for each document, however many want it.

use azat_testbed::{Stack, shipped_policy};

use crate::support::{ordinary, stack};

#[test]
fn concurrent_requests_share_one_call_for_each_document() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let path = ordinary(&stack).path();
    std::thread::scope(|scope| {
        let requests: Vec<_> = (0..20)
            .map(|_| scope.spawn(|| stack.get(&path, Some(&token)).unwrap().status))
            .collect();
        for request in requests {
            assert_eq!(request.join().unwrap(), 200);
        }
    });
    let calls = stack.origin_calls().unwrap();
    assert_eq!(calls["/edge/entitlements"], 1);
    assert_eq!(calls["/edge/files/{catalog}/{uuid}"], 1);
    assert_eq!(stack.mirror().requests().len(), 20);
}

#[test]
fn a_record_serves_every_user_and_an_entitlement_every_file() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let another = stack.mint().unwrap();
    let files = &stack.library().readable()[..4];
    for file in files {
        for token in [&token, &another] {
            assert_eq!(stack.get(&file.path(), Some(token)).unwrap().status, 200);
        }
    }
    let calls = stack.origin_calls().unwrap();
    assert_eq!(
        calls["/edge/entitlements"], 1,
        "both tokens are of one subject"
    );
    assert_eq!(calls["/edge/files/{catalog}/{uuid}"], 4);
}

#[test]
fn a_refusal_is_remembered_for_a_moment_too() {
    let stack = stack();
    let token = stack.mint().unwrap();
    let unknown = stack.library().unknown_path(0);
    for _ in 0..3 {
        assert_eq!(stack.get(&unknown, Some(&token)).unwrap().status, 404);
    }
    assert_eq!(
        stack.origin_calls().unwrap()["/edge/files/{catalog}/{uuid}"],
        1
    );
}

#[test]
fn a_right_that_is_withdrawn_is_gone_for_all_at_once() {
    let mut policy = shipped_policy().unwrap();
    policy.freshness.entitlement.fresh_seconds = 1;
    let mut stack = Stack::builder().policy(policy).start().unwrap();
    let token = stack.mint().unwrap();
    let path = ordinary(&stack).path();
    assert_eq!(stack.get(&path, Some(&token)).unwrap().status, 200);
    stack.set_sources(&["other"]).unwrap();
    // The fresh period ends; the next twenty all want the entitlement at once.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    std::thread::scope(|scope| {
        let requests: Vec<_> = (0..20)
            .map(|_| scope.spawn(|| stack.get(&path, Some(&token)).unwrap().status))
            .collect();
        for request in requests {
            assert_eq!(request.join().unwrap(), 404);
        }
    });
}
