//! Tests of [`super`].

use super::*;

#[test]
fn what_is_signed_is_about_as_long_as_an_azat() {
    let signed = es256(1_700_000_000).unwrap();
    let (message, signature) = signed.split();
    assert!((600..800).contains(&message.len()), "{}", message.len());
    assert_eq!(signature.len(), 64);
    assert_eq!(signed.jwk["crv"], "P-256");
    assert!(signed.pem.contains("PUBLIC KEY") && signed.jwk.get("d").is_none());
}
