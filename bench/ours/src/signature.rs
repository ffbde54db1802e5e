//! Signatures alone: hash included, key ready.

use azat_edge::jose::{es256, rs256};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use bench_harness::{Input, Signed, Stopwatch};

const RS256: [&str; 3] = ["RS256-2048", "RS256-3072", "RS256-4096"];
const ES256: &str = "ES256";

/// Measures the signature check of every kind of key.
pub(crate) fn measure(stopwatch: &Stopwatch, input: &Input) {
    for name in RS256 {
        let signed = &input.signed[name];
        let (message, signature) = signed.split();
        let (n, e) = (member(signed, "n"), member(signed, "e"));
        let key = rs256::PublicKey::from_components(&n, &e).expect("a key");
        stopwatch.measure(&format!("signature {name}"), || {
            key.verify(message.as_bytes(), &signature)
        });
    }
    let signed = &input.signed[ES256];
    let (message, signature) = signed.split();
    let (x, y) = (member(signed, "x"), member(signed, "y"));
    let key = es256::PublicKey::from_coordinates(&x, &y).expect("a key");
    stopwatch.measure(&format!("signature {ES256}"), || {
        key.verify(message.as_bytes(), &signature)
    });
}

fn member(signed: &Signed, name: &str) -> Vec<u8> {
    let text = signed.jwk[name].as_str().expect("a member of the key");
    BASE64_URL_SAFE_NO_PAD.decode(text).expect("base64url")
}
