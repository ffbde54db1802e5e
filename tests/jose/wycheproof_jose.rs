//! Project Wycheproof's collections for JOSE, which no crate carries.
//!
//! They are read from `wycheproof/json_web_*_test.json` in the folder that `AZAT_EDGE_VECTORS`
//! names, or in `../shared/vectors` beside the project. If they are not there, these tests say so
//! and pass, but not where the folder was named. Get them from
//! <https://github.com/C2SP/wycheproof> (`testvectors_v1`).
//!
//! Payloads there are mostly no claims, so the signature alone is checked.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use azat_edge::jose::{KeySet, SymmetricKey};
use azat_policy::{Algorithm, Profile};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::exceptions::Ledger;
use crate::signature_check::check_signature;
use crate::signer::KeyMaterial;

/// Every algorithm that a profile can have.
const ALGORITHMS: [Algorithm; 4] = [
    Algorithm::RS256,
    Algorithm::ES256,
    Algorithm::HS256,
    Algorithm::HS512,
];

fn vectors(suite: &str) -> Option<Value> {
    let named = std::env::var_os("AZAT_EDGE_VECTORS").map(PathBuf::from);
    let usual = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors");
    let may_be_missing = named.is_none();
    let folder = named.unwrap_or_else(usual);
    let path = folder.join(format!("wycheproof/{suite}_test.json"));
    match fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(error) if may_be_missing && error.kind() == io::ErrorKind::NotFound => {
            // Not by `println!`, which is only shown when a test fails. `cargo xtask test` tells it
            // again at its end.
            let (place, variable) = (path.display(), "AZAT_EDGE_VECTORS");
            let skipped = format!("SKIPPED: {place} is not there (see {variable}).\n");
            io::stdout().write_all(skipped.as_bytes()).unwrap();
            None
        }
        Err(error) => panic!("could not read {}: {error}", path.display()),
    }
}

fn run(suite: &'static str) {
    let Some(collection) = vectors(suite) else {
        return;
    };
    let mut ledger = Ledger::open(suite);
    for group in collection["testGroups"].as_array().unwrap() {
        // Groups of symmetric keys have no public one.
        let key = group.get("public").unwrap_or(&group["private"]);
        for test in group["tests"].as_array().unwrap() {
            // Encrypted tokens are refused, the valid ones too.
            let is_signed = test.get("jws").is_some();
            let token = if is_signed {
                &test["jws"]
            } else {
                &test["jwe"]
            };
            // Some are in the JSON serialisation.
            let token = &token
                .as_str()
                .map_or_else(|| token.to_string(), str::to_owned);
            let accepted: Vec<Algorithm> = (ALGORITHMS.into_iter())
                .filter(|algorithm| accepts(*algorithm, key, token))
                .collect();
            let expected = test["result"] == "valid" && is_signed && can_be_had(token);
            let id = test["tcId"].as_u64().unwrap();
            assert!(accepted.len() <= 1, "{suite} {id}: {accepted:?}");
            let comment = test["comment"].as_str().unwrap();
            ledger.note(id, comment, !accepted.is_empty(), expected);
        }
    }
    let tests = collection["numberOfTests"].as_u64().unwrap();
    ledger.close(usize::try_from(tests).unwrap());
}

/// Whether the token is believed to be signed under a profile of that algorithm, with that key or
/// set of keys.
fn accepts(algorithm: Algorithm, key: &Value, token: &str) -> bool {
    let profile = Profile::of(algorithm);
    material(algorithm, key).is_some_and(|keys| check_signature(&keys, token, &profile).is_ok())
}

/// The keys as an operator gives them: symmetric ones one by one for one algorithm, others as a
/// set.
fn material(algorithm: Algorithm, key: &Value) -> Option<KeyMaterial> {
    if !algorithm.is_symmetric() {
        let set = match key.get("keys") {
            Some(_) => key.clone(),
            None => json!({"keys": [key]}),
        };
        return KeySet::from_json(&set).ok().map(KeyMaterial::Published);
    }
    let only = match key.get("keys").and_then(Value::as_array).map(Vec::as_slice) {
        None => key,
        Some([only]) => only,
        Some(_) => return None,
    };
    if only["kty"] != "oct" || only["alg"] != algorithm.as_str() {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(only["k"].as_str()?).ok()?;
    let secret = SymmetricKey::new(algorithm, &bytes).ok()?;
    Some(KeyMaterial::Shared(Box::new(secret)))
}

/// Whether a profile can have the algorithm of this token: the valid ones of RS384 and so on are
/// refused.
fn can_be_had(token: &str) -> bool {
    let header = token.split('.').next().unwrap_or_default();
    // Where the header cannot be read, the collection's own verdict counts.
    let Ok(header) = URL_SAFE_NO_PAD.decode(header) else {
        return true;
    };
    let header: Value = serde_json::from_slice(&header).unwrap();
    ALGORITHMS
        .iter()
        .any(|algorithm| header["alg"] == algorithm.as_str())
}

#[test]
fn signatures() {
    run("json_web_signature");
}

#[test]
fn keys() {
    run("json_web_key");
}

#[test]
fn signatures_and_encryption() {
    run("json_web_crypto");
}
