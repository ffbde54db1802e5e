//! Tests of [`super`].

use azat_edge::settings;

use super::keys_item;

fn item(text: &str) -> Result<String, String> {
    keys_item(text, &settings::built_in_policy().unwrap())
}

#[test]
fn one_set_serves_every_profile() {
    let sets = item(r#"{"keys": []}"#).unwrap();
    let sets: serde_json::Value = serde_json::from_str(&sets).unwrap();
    assert_eq!(sets["azat"], serde_json::json!({"keys": []}));
    assert_eq!(sets.get("apat"), sets.get("azat"));
    let item_itself = r#"{"azat": {"keys": []}}"#;
    assert_eq!(item(item_itself).as_deref(), Ok(item_itself));
}

#[test]
fn a_fault_names_profile_and_key() {
    let private = r#"{"kty": "RSA", "kid": "k1", "d": "AQ"}"#;
    let fault = item(&format!(r#"{{"keys": [{private}]}}"#)).unwrap_err();
    assert!(fault.starts_with("key k1: expected "), "{fault}");
    let fault = item(&format!(r#"{{"azat": {{"keys": [{private}]}}}}"#)).unwrap_err();
    assert!(fault.starts_with("azat: key k1: expected "), "{fault}");
    assert!(item(r#"{"keys": [], "keys": []}"#).is_err());
    for text in ["[]", "1", "{"] {
        assert!(item(text).unwrap_err().starts_with("expected "), "{text}");
    }
}
