//! JSON as headers and claims hold it: any bytes as either.

use std::sync::LazyLock;

use azat_edge::jose::{Compact, TokenFault};
use azat_policy::{Algorithm, Profile};
use serde_json::Value;

use crate::signer::{KeyMaterial, Signer, base64url};
use crate::verification::SYSTEMS;

static SIGNER: LazyLock<Signer> = LazyLock::new(|| Signer::new(Algorithm::HS256, 1));
static KEYS: LazyLock<KeyMaterial> = LazyLock::new(|| SIGNER.material());

/// Bytes are taken as a header, or as claims, exactly when a plain reading of the rules says so.
///
/// # Panics
/// When it is otherwise.
pub fn run(data: &[u8]) {
    let object = object(data);
    let token = format!("{}..", base64url(data));
    let expected = data.len() <= 2048 && object.as_ref().is_some_and(is_header);
    assert_eq!(Compact::parse(&token).is_ok(), expected, "as a header");

    let token = SIGNER.token(r#"{"alg":"HS256"}"#, data);
    let profile = Profile::of(Algorithm::HS256);
    let outcome =
        Compact::parse(&token).and_then(|token| token.authenticate(&profile, KEYS.keys()));
    let expected = match object.as_ref().is_some_and(are_claims) {
        _ if token.len() > 8 * 1024 => "too long",
        true => "taken",
        false => "refused",
    };
    let outcome = match outcome {
        Ok(_) => "taken",
        Err(TokenFault::ClaimsMalformed(_)) => "refused",
        Err(TokenFault::Malformed(_)) => "too long",
        Err(_) => "another fault",
    };
    assert_eq!(outcome, expected, "as claims");
}

/// Where fuzzing begins.
pub fn seeds() -> Vec<Vec<u8>> {
    let own = SYSTEMS
        .iter()
        .flat_map(|system| [system.header, system.claims]);
    let others = [
        "{}",
        r#"{"alg":"HS256","crit":[],"b64":true,"cty":"JWT","enc":"","typ":"application/jwt","kid":""}"#,
        r#"{"sub":"a","exp":1e9,"nbf":0.5,"iat":18446744073709551616,"aud":[],"jti":"1","cnf":{}}"#,
        "{\"a\":[{\"b\":-0.0,\"\\u0063\":\"\\ud83d\\ude00\"},null,true,false,1E+2],\"a\":1}",
    ];
    own.chain(others)
        .map(|text| text.as_bytes().to_vec())
        .collect()
}

/// One JSON object, no member of which occurs twice.
fn object(data: &[u8]) -> Option<Value> {
    let value: Value = serde_json::from_slice(data).ok()?;
    // `Value` keeps one of two members with the same name; the text has a colon for each.
    let is_unique = members(&value) == colons(data);
    (value.is_object() && is_unique && is_small(&value)).then_some(value)
}

fn members(value: &Value) -> usize {
    match value {
        Value::Array(values) => values.iter().map(members).sum(),
        Value::Object(object) => object.values().map(|value| 1 + members(value)).sum(),
        _ => 0,
    }
}

/// Colons that stand outside strings.
fn colons(json: &[u8]) -> usize {
    let (mut colons, mut in_string, mut is_escaped) = (0, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => in_string = !in_string,
            b':' if !in_string => colons += 1,
            _ => {}
        }
    }
    colons
}

/// Whether no object has more than 64 members.
fn is_small(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().all(is_small),
        Value::Object(object) => object.len() <= 64 && object.values().all(is_small),
        _ => true,
    }
}

fn is_header(header: &Value) -> bool {
    let is_text_or_absent = |name| header.get(name).is_none_or(Value::is_string);
    let cty = header["cty"]
        .as_str()
        .unwrap_or_default()
        .to_ascii_lowercase();
    header["alg"].is_string()
        && ["kid", "typ", "cty"].into_iter().all(is_text_or_absent)
        && ["crit", "enc"]
            .into_iter()
            .all(|name| header.get(name).is_none())
        && header
            .get("b64")
            .is_none_or(|b64| *b64 == Value::Bool(true))
        && !["jwt", "application/jwt"].contains(&cty.as_str())
}

fn are_claims(claims: &Value) -> bool {
    let is_text_or_absent = |name| claims.get(name).is_none_or(Value::is_string);
    let is_date = |date: &Value| {
        date.is_u64()
            || date
                .as_f64()
                .is_some_and(|date| (0.0..=9_007_199_254_740_992.0).contains(&date))
    };
    let is_audience = |aud: &Value| match aud {
        Value::Array(names) => names.iter().all(Value::is_string),
        only => only.is_string(),
    };
    claims["sub"].as_str().is_some_and(|sub| !sub.is_empty())
        && claims.get("exp").is_some_and(is_date)
        && ["iat", "nbf"]
            .into_iter()
            .all(|name| claims.get(name).is_none_or(is_date))
        && ["iss", "jti"].into_iter().all(is_text_or_absent)
        && claims.get("aud").is_none_or(is_audience)
}
