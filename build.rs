//! Reads what the operator wrote, checks it, and puts it into the program.

use std::path::Path;
use std::{env, fs};

use azat_policy::Policy;
use serde_json::{Map, Value};

fn main() {
    println!("cargo::rerun-if-changed=policy.toml");
    println!("cargo::rerun-if-changed=keys");
    let built = policy().and_then(|policy| {
        write("policy.json", &policy.to_compact());
        write("keys.json", &keys(&policy)?);
        Ok(())
    });
    if let Err(fault) = built {
        println!("cargo::error={fault}");
    }
}

/// `policy.toml`.
fn policy() -> Result<Policy, String> {
    let text =
        fs::read_to_string("policy.toml").map_err(|error| format!("policy.toml: {error}"))?;
    Policy::from_toml(&text).map_err(|fault| format!("policy.toml, {fault}"))
}

/// `keys/<profile>.json`, each a JWK set, as one object by profile.
fn keys(policy: &Policy) -> Result<String, String> {
    let mut sets = Map::new();
    let entries = fs::read_dir("keys").map_err(|error| format!("keys: {error}"))?;
    for entry in entries {
        let path = entry.map_err(|error| format!("keys: {error}"))?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let fault = |what: &dyn std::fmt::Display| format!("{}: {what}", path.display());
        let profile = path.file_stem().unwrap_or_default().to_string_lossy();
        if !policy.profiles.contains_key(profile.as_ref()) {
            return Err(fault(&"expected the name of a profile of policy.toml"));
        }
        let text = fs::read_to_string(&path).map_err(|error| fault(&error))?;
        let set: Value = serde_json::from_str(&text).map_err(|error| fault(&error))?;
        let keys = (set.get("keys").and_then(Value::as_array))
            .ok_or_else(|| fault(&"expected a JWK set: an object with an array \"keys\""))?;
        if keys
            .iter()
            .any(|key| key.get("d").is_some() || key.get("k").is_some())
        {
            return Err(fault(
                &"holds a private or symmetric key: publish public keys only",
            ));
        }
        sets.insert(profile.into_owned(), set);
    }
    Ok(Value::Object(sets).to_string())
}

fn write(name: &str, content: &str) {
    let directory = env::var_os("OUT_DIR").unwrap_or_default();
    let path = Path::new(&directory).join(name);
    if let Err(error) = fs::write(&path, content) {
        println!("cargo::error={}: {error}", path.display());
    }
}
