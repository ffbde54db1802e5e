//! RS256 signatures: the crate `rsa`, the release and the candidate for the next one.

use bench_harness::{Input, Stopwatch};

const BITS: [u32; 3] = [2048, 3072, 4096];

/// Measures the signature check with a key that is ready.
pub(crate) fn measure(input: &Input) {
    for bits in BITS {
        let name = format!("RS256-{bits}");
        let signed = &input.signed[&name];
        let (message, signature) = signed.split();
        let operation = format!("signature {name}");
        release(input.milliseconds, &operation, signed, message, &signature);
        candidate(input.milliseconds, &operation, signed, message, &signature);
    }
}

fn release(
    milliseconds: u64,
    operation: &str,
    signed: &bench_harness::Signed,
    message: &str,
    signature: &[u8],
) {
    use rsa_09::RsaPublicKey;
    use rsa_09::pkcs1v15::{Signature, VerifyingKey};
    use rsa_09::pkcs8::DecodePublicKey as _;
    use rsa_09::signature::Verifier as _;

    let key = RsaPublicKey::from_public_key_pem(&signed.pem).expect("a key");
    let key = VerifyingKey::<sha2_010::Sha256>::new(key);
    Stopwatch::new("rsa 0.9", milliseconds).measure(operation, || {
        key.verify(message.as_bytes(), &Signature::try_from(signature)?)
    });
}

fn candidate(
    milliseconds: u64,
    operation: &str,
    signed: &bench_harness::Signed,
    message: &str,
    signature: &[u8],
) {
    use rsa_010::RsaPublicKey;
    use rsa_010::pkcs1v15::{Signature, VerifyingKey};
    use rsa_010::pkcs8::DecodePublicKey as _;
    use rsa_010::signature::Verifier as _;

    let key = RsaPublicKey::from_public_key_pem(&signed.pem).expect("a key");
    let key = VerifyingKey::<sha2_011::Sha256>::new(key);
    Stopwatch::new("rsa 0.10.0-rc", milliseconds).measure(operation, || {
        key.verify(message.as_bytes(), &Signature::try_from(signature)?)
    });
}
