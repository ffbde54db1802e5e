//! ES256 signatures: the crate `p256`, two releases, and the formally verified libcrux.

use bench_harness::{Input, Stopwatch};

const OPERATION: &str = "signature ES256";

/// Measures the signature check with a key that is ready.
pub(crate) fn measure(input: &Input) {
    let signed = &input.signed["ES256"];
    let (message, signature) = signed.split();
    let (message, time) = (message.as_bytes(), input.milliseconds);
    p256_013(time, &signed.pem, message, &signature);
    p256_014(time, &signed.pem, message, &signature);
    libcrux(time, &signed.pem, message, &signature);
}

fn p256_013(milliseconds: u64, pem: &str, message: &[u8], signature: &[u8]) {
    use p256_013::ecdsa::signature::Verifier as _;
    use p256_013::ecdsa::{Signature, VerifyingKey};
    use p256_013::pkcs8::DecodePublicKey as _;

    let key = VerifyingKey::from_public_key_pem(pem).expect("a key");
    Stopwatch::new("p256 0.13", milliseconds).measure(OPERATION, || {
        key.verify(message, &Signature::from_slice(signature)?)
    });
}

fn p256_014(milliseconds: u64, pem: &str, message: &[u8], signature: &[u8]) {
    use p256_014::ecdsa::signature::Verifier as _;
    use p256_014::ecdsa::{Signature, VerifyingKey};
    use p256_014::pkcs8::DecodePublicKey as _;

    let key = VerifyingKey::from_public_key_pem(pem).expect("a key");
    Stopwatch::new("p256 0.14", milliseconds).measure(OPERATION, || {
        key.verify(message, &Signature::from_slice(signature)?)
    });
}

fn libcrux(milliseconds: u64, pem: &str, message: &[u8], signature: &[u8]) {
    use libcrux_ecdsa::{DigestAlgorithm, p256};
    use p256_014::elliptic_curve::sec1::ToSec1Point as _;
    use p256_014::pkcs8::DecodePublicKey as _;

    let point = p256_014::PublicKey::from_public_key_pem(pem).expect("a key");
    let point = point.to_sec1_point(false);
    let key = p256::PublicKey::try_from(point.as_bytes()).expect("a key");
    let signature: [u8; 64] = signature.try_into().expect("64 bytes");
    Stopwatch::new("libcrux-ecdsa 0.0.9", milliseconds).measure(OPERATION, || {
        let signature = p256::Signature::from_bytes(signature);
        p256::verify(DigestAlgorithm::Sha256, message, &signature, &key)
    });
}
