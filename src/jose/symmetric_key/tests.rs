//! Tests of [`super`].

use azat_policy::Algorithm;

use super::SymmetricKey;
use crate::jose::base64url;

/// The example of RFC 7515, A.1.
#[test]
fn the_standards_example_verifies() {
    let key = base64url::decode(
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
    )
    .unwrap();
    let message = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let signature = base64url::decode("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").unwrap();
    let secret = SymmetricKey::new(Algorithm::HS256, &key).unwrap();
    assert!(secret.verify(message.as_bytes(), &signature).is_ok());
    assert!(secret.verify(b"", &signature).is_err());
    assert!(secret.verify(message.as_bytes(), &signature[..31]).is_err());
    assert!(secret.verify(message.as_bytes(), &[]).is_err());
    let other = SymmetricKey::new(Algorithm::HS512, &key).unwrap();
    assert!(other.verify(message.as_bytes(), &signature).is_err());
}

#[test]
fn a_key_is_as_long_as_its_hash() {
    let fault = |algorithm, length| SymmetricKey::new(algorithm, &vec![7; length]).err();
    assert_eq!(
        fault(Algorithm::HS256, 31),
        Some("expected at least 32 bytes")
    );
    assert_eq!(fault(Algorithm::HS256, 32), None);
    assert_eq!(
        fault(Algorithm::HS512, 63),
        Some("expected at least 64 bytes")
    );
    assert_eq!(fault(Algorithm::HS512, 64), None);
    let public = Some("expected an algorithm of shared keys");
    assert_eq!(fault(Algorithm::RS256, 64), public);
    assert_eq!(fault(Algorithm::ES256, 64), public);
}

#[test]
fn a_key_stands_in_the_store_as_base64() {
    let read = |text: &[u8]| SymmetricKey::from_base64(Algorithm::HS256, text).err();
    assert_eq!(read("+/+/".repeat(11).as_bytes()), None);
    assert_eq!(read(format!("{}\n", "+/+/".repeat(11)).as_bytes()), None);
    assert_eq!(read(b"AAAA"), Some("expected at least 32 bytes"));
    for text in [
        "-_-_".repeat(11),
        "AAAA ".repeat(11),
        "A".repeat(45),
        String::from("\u{e9}"),
    ] {
        assert_eq!(read(text.as_bytes()), Some("expected base64"), "{text:?}");
    }
}

#[test]
fn a_key_cannot_be_printed() {
    let secret = SymmetricKey::new(Algorithm::HS256, &[7; 32]).unwrap();
    assert_eq!(format!("{secret:?}"), "SymmetricKey(…)");
}
