//! Keys and policy from the Config Store, without a redeploy.

use azat_testbed::{Stack, Token, shipped_policy};
use serde_json::{Value, json};

use crate::support::{assert_denied, ordinary, redirecting_policy, stack};

fn ask(stack: &Stack, token: &Token) -> azat_testbed::CurlAnswer {
    stack.get(&ordinary(stack).path(), Some(token)).unwrap()
}

#[test]
fn keys_are_rotated_under_a_running_edge() {
    let mut stack = stack();
    let token = stack.mint().unwrap();
    let forgers = stack.forger().expired().unwrap();
    assert_eq!(ask(&stack, &token).status, 200);
    assert_denied(&ask(&stack, &forgers), 401, "token_expired");

    let both: Value = serde_json::from_str(stack.keys_item().unwrap()).unwrap();
    let one = |index: usize| json!({"azat": {"keys": [both["azat"]["keys"][index]]}}).to_string();
    stack.set_keys_item(Some(&one(1))).unwrap();
    assert_denied(&ask(&stack, &token), 401, "token_key_unknown");
    assert_denied(&ask(&stack, &forgers), 401, "token_expired");
    stack.set_keys_item(Some(&one(0))).unwrap();
    assert_eq!(ask(&stack, &token).status, 200);
    assert_denied(&ask(&stack, &forgers), 401, "token_key_unknown");
}

#[test]
fn without_keys_nothing_is_verified_and_nothing_passes() {
    let mut stack = stack();
    let token = stack.mint().unwrap();
    for keys in [r#"{"azat":{"keys":[]}}"#, "{}"] {
        stack.set_keys_item(Some(keys)).unwrap();
        assert_denied(&ask(&stack, &token), 503, "keys_missing");
    }
}

#[test]
fn a_broken_item_is_never_replaced_by_what_is_built_in() {
    let mut stack = stack();
    let token = stack.mint().unwrap();
    let good = stack.keys_item().unwrap().to_owned();
    let private = good.replacen("\"e\":", "\"d\":\"AQAB\",\"e\":", 1);
    assert_ne!(private, good);
    // No request has been served yet, so that no sandbox remembers a good item.
    for keys in ["", "{", "[]", r#"{"azat":[]}"#, &private] {
        stack.set_keys_item(Some(keys)).unwrap();
        assert_denied(&ask(&stack, &token), 503, "configuration_broken");
    }
    stack.set_keys_item(Some(&good)).unwrap();
    assert_eq!(ask(&stack, &token).status, 200);
}

/// More than all sandboxes serve that are alive when an item breaks.
const MANY: usize = 48;

#[test]
fn a_broken_item_leaves_the_last_good_one_in_force_for_every_sandbox() {
    let mut stack = stack();
    let token = stack.mint().unwrap();
    let good = stack.keys_item().unwrap().to_owned();
    let policy = stack.policy_item().unwrap().to_owned();
    assert_eq!(ask(&stack, &token).status, 200);
    let statuses =
        |stack: &Stack| -> Vec<u16> { (0..MANY).map(|_| ask(stack, &token).status).collect() };
    for broken in ["", "{", r#"{"azat":[]}"#] {
        stack.set_keys_item(Some(broken)).unwrap();
        assert_eq!(statuses(&stack), [200; MANY], "keys: {broken:?}");
        stack.set_keys_item(Some(&good)).unwrap();
        stack.set_policy_item(Some(broken)).unwrap();
        assert_eq!(statuses(&stack), [200; MANY], "policy: {broken:?}");
        stack.set_policy_item(Some(&policy)).unwrap();
    }

    // What is kept is the last good one, not the first.
    stack.set_policy(redirecting_policy()).unwrap();
    assert_eq!(ask(&stack, &token).status, 302);
    stack.set_policy_item(Some("{")).unwrap();
    assert_eq!(statuses(&stack), [302; MANY]);
}

#[test]
fn a_policy_is_replaced_under_a_running_edge() {
    let mut stack = stack();
    let token = stack.mint().unwrap();
    assert_eq!(ask(&stack, &token).status, 200);
    stack.set_policy(redirecting_policy()).unwrap();
    assert_eq!(ask(&stack, &token).status, 302);
    let mut strict = shipped_policy().unwrap();
    let azat = strict.profiles.get_mut("azat").unwrap();
    azat.maximum_lifetime_seconds = Some(3600);
    stack.set_policy(strict).unwrap();
    assert_denied(&ask(&stack, &token), 401, "token_lifetime_too_long");
}

#[test]
fn a_broken_policy_decides_nothing() {
    let mut stack = stack();
    let token = stack.mint().unwrap();
    for policy in ["", "{}", "{\"base_url\":\"http://evil.example\"}"] {
        stack.set_policy_item(Some(policy)).unwrap();
        assert_denied(&ask(&stack, &token), 503, "configuration_broken");
    }
}
