//! Whole tokens, bytes in and claims out: `jsonwebtoken` and `jwt-simple`.

use bench_harness::{Input, Stopwatch};
use serde::Deserialize;

const OPERATION: &str = "token RS256-2048";

/// The claims that are asked for.
#[derive(Deserialize)]
struct Claims {
    #[allow(dead_code)]
    sub: String,
}

/// Measures verification with a key that is ready.
pub(crate) fn measure(input: &Input) {
    jsonwebtoken(input);
    jwt_simple(input);
}

fn jsonwebtoken(input: &Input) {
    use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};

    let signed = &input.signed["RS256-2048"];
    let key = DecodingKey::from_rsa_pem(signed.pem.as_bytes()).expect("a key");
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[&input.issuer]);
    Stopwatch::new("jsonwebtoken 11", input.milliseconds).measure(OPERATION, || {
        decode::<Claims>(&signed.token, &key, &validation)
    });
}

fn jwt_simple(input: &Input) {
    use jwt_simple::prelude::*;

    let signed = &input.signed["RS256-2048"];
    let key = RS256PublicKey::from_pem(&signed.pem).expect("a key");
    let options = VerificationOptions {
        allowed_issuers: Some([input.issuer.clone()].into()),
        ..VerificationOptions::default()
    };
    Stopwatch::new("jwt-simple 0.15", input.milliseconds).measure(OPERATION, || {
        key.verify_token::<NoCustomClaims>(&signed.token, Some(options.clone()))
    });
}
