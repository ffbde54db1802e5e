//! Tests of [`super`].

use serde_json::{Value, json};

use super::{JwkSet, UsableKeys};

fn usable(keys: Value) -> Option<UsableKeys> {
    let set: JwkSet = serde_json::from_value(json!({"keys": keys})).unwrap();
    set.usable().ok()
}

/// A key with `changes` made: `null` removes a member.
fn key(changes: Value) -> Value {
    let mut key = json!({"kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": "1"});
    let members = key.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
    key
}

#[test]
fn a_key_that_is_of_no_use_spoils_no_other() {
    let useless = [
        json!({"kid": null}),
        json!({"kty": "EC"}),
        json!({"kty": "oct", "k": "AQAB"}),
        json!({"kty": "AKP", "pub": "AQAB"}),
        json!({"n": "no base64!"}),
        json!({"use": "enc"}),
        json!({"alg": "RS512"}),
        json!({"alg": "RSA-OAEP"}),
    ];
    let useless = useless.map(key);
    for one in useless.iter().chain([&json!(1), &json!({})]) {
        assert!(usable(json!([one])).is_none(), "{one}");
    }
    let mut keys = useless.to_vec();
    keys.push(key(json!({"kid": "2"})));
    keys.push(key(json!({"kid": "3", "use": "sig", "alg": "RS256"})));
    let usable = usable(keys.into()).unwrap();
    let mut kids: Vec<_> = usable.keys().map(String::as_str).collect();
    kids.sort_unstable();
    assert_eq!(kids, ["2", "3"]);
}

#[test]
fn a_set_without_a_usable_key_is_none() {
    assert!(usable(json!([])).is_none());
    for other in [
        json!([]),
        json!({}),
        json!({"keys": {}}),
        json!({"keys": null}),
    ] {
        assert!(serde_json::from_value::<JwkSet>(other).is_err());
    }
}
