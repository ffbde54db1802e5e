//! Tests of [`super`].

use super::SigningKey;
use crate::samples;

#[test]
fn a_key_survives_its_writing() {
    let key = samples::signing_key();
    let read = SigningKey::from_pkcs8_der(key.to_pkcs8_der().unwrap().as_bytes()).unwrap();
    assert_eq!(read.kid(), key.kid());
    assert_eq!(read.modulus(), key.modulus());
    assert_eq!(key.modulus().len(), 256);
    assert_eq!(key.exponent(), [1, 0, 1]);
}

#[test]
fn a_key_is_not_shown() {
    let key = samples::signing_key();
    assert_eq!(format!("{key:?}"), format!("SigningKey({}, …)", key.kid()));
}
