//! Tests of [`super`].

use super::*;

#[test]
fn the_forgers_key_stands_beside_the_published_ones() {
    let forger = Forger::new("http://127.0.0.1:1", "s", UsedTokens::default()).unwrap();
    let item = keys_item(r#"{"azat":{"keys":[{"kty":"RSA","kid":"one"}]}}"#, &forger).unwrap();
    let item: Value = serde_json::from_str(&item).unwrap();
    assert_eq!(item["azat"]["keys"][0]["kid"], "one");
    assert_eq!(&item["azat"]["keys"][1], forger.published_jwk());
    assert!(keys_item("{}", &forger).is_err());
}
