//! JWK sets: any text.

use azat_edge::jose::KeySet;
use azat_policy::Algorithm;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use num_bigint::BigUint;
use serde_json::{Value, json};

use crate::signer::Signer;

/// A set that is taken holds nothing private, no `kid` twice among its keys, and no weak RSA key.
///
/// # Panics
/// When it is otherwise.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let Ok(set) = KeySet::parse(text) else {
        return;
    };
    let value: Value = serde_json::from_str(text).expect("JSON");
    let keys = value["keys"].as_array().expect("an array of keys");
    for name in ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"] {
        assert!(keys.iter().all(|key| key.get(name).is_none()), "{name}");
    }
    let usable: Vec<&Value> = keys.iter().filter(|key| is_usable(key)).collect();
    let kids: Vec<&str> = usable
        .iter()
        .filter_map(|key| key["kid"].as_str())
        .collect();
    assert!((1..kids.len()).all(|end| !kids[..end].contains(&kids[end])));
    assert!(kids.iter().all(|kid| set.names(kid)));
    for (algorithm, kty) in [(Algorithm::RS256, "RSA"), (Algorithm::ES256, "EC")] {
        let expected = usable.iter().any(|key| key["kty"] == kty);
        assert_eq!(set.serves(algorithm), expected, "{kty}");
    }
    for key in usable.iter().filter(|key| key["kty"] == "RSA") {
        let n = number(&key["n"]);
        assert!((2048..=4096).contains(&n.bits()) && &n % 2_u8 == BigUint::from(1_u8));
        assert_eq!(number(&key["e"]), BigUint::from(65_537_u32));
    }
}

/// Where fuzzing begins.
pub fn seeds() -> Vec<Vec<u8>> {
    let rsa = Signer::new(Algorithm::RS256, 1)
        .jwk("k1")
        .unwrap_or_default();
    let curve = Signer::new(Algorithm::ES256, 1)
        .jwk("k2")
        .unwrap_or_default();
    let mut limited = rsa.clone();
    limited["use"] = "sig".into();
    limited["alg"] = "RS256".into();
    limited["key_ops"] = vec!["verify"].into();
    let sets = [
        json!({"keys": []}),
        json!({"keys": [rsa, curve]}),
        json!({"keys": [limited, {"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}]}),
        json!({"keys": [{"kty": "oct", "k": "AAAA"}]}),
    ];
    sets.iter()
        .map(|set| set.to_string().into_bytes())
        .collect()
}

/// Whether the key is for verifying RS256 or ES256.
fn is_usable(key: &Value) -> bool {
    let algorithm = match (key["kty"].as_str(), key["crv"].as_str()) {
        (Some("RSA"), _) => "RS256",
        (Some("EC"), Some("P-256")) => "ES256",
        _ => return false,
    };
    let is_or_absent = |name, value: &str| key.get(name).is_none_or(|own| own == value);
    let key_ops = key
        .get("key_ops")
        .map(|key_ops| key_ops.as_array().expect("an array"));
    is_or_absent("use", "sig")
        && is_or_absent("alg", algorithm)
        && key_ops.is_none_or(|operations| operations.iter().any(|operation| operation == "verify"))
}

fn number(member: &Value) -> BigUint {
    let text = member.as_str().expect("a string");
    BigUint::from_bytes_be(&URL_SAFE_NO_PAD.decode(text).expect("base64url"))
}
