//! The table, as a policy has it.

use serde_json::{Value, json};

use crate::Policy;

/// What is wrong with a policy that has this table, and a route that accepts it.
fn fault(name: &str, table: Value) -> String {
    fault_of_route(name, table, json!(["azat", "builder"]), "builder")
}

/// What is wrong with a policy that has this table, and a route that accepts these names and lets
/// that service in.
fn fault_of_route(name: &str, table: Value, accepts: Value, service: &str) -> String {
    let mut fixed_headers = json!({});
    fixed_headers[name] = table;
    let period = json!({"fresh_seconds": 60, "stale_seconds": 300});
    let policy = json!({
        "base_url": "https://azul.example",
        "default_catalog": "dcp",
        "freshness": {"entitlement": period, "file": period},
        "profiles": {"azat": {"algorithm": "RS256"}, "apat": {"algorithm": "ES256"}},
        "fixed_headers": fixed_headers,
        "routes": [{
            "path": "/repository/files/{uuid}",
            "methods": ["GET"],
            "accepts": accepts,
            "services": [service],
            "answer": {"file": "stream"},
        }],
    });
    match Policy::from_compact(&policy.to_string()) {
        Ok(_) => "none".to_owned(),
        Err(fault) => fault.to_string(),
    }
}

fn table(field: &str, secret: &str, service: &str) -> Value {
    json!({"field": field, "secret": secret, "service": service})
}

#[test]
fn a_table_is_checked_member_by_member() {
    let of = |table| fault("builder", table);
    assert_eq!(of(table("x-key", "builder_key", "builder")), "none");
    for field in ["", "X-Key", "x key", "authorization"] {
        let expected =
            "fixed_headers.builder.field: expected the name of a field of its own, in lower case";
        assert_eq!(of(table(field, "builder_key", "builder")), expected);
    }
    for secret in ["", "edge_origin_secret"] {
        let expected =
            "fixed_headers.builder.secret: expected an entry of the Secret Store of its own";
        assert_eq!(of(table("x-key", secret, "builder")), expected);
    }
    let expected = "fixed_headers.builder.service: expected the name of a service";
    assert_eq!(of(table("x-key", "builder_key", "")), expected);
}

#[test]
fn tables_of_all_systems_have_names_of_their_own() {
    let expected = "profiles.azat: expected another name: logs call other credentials so";
    assert_eq!(
        fault("azat", table("x-key", "builder_key", "builder")),
        expected
    );
}

#[test]
fn a_route_lets_in_services_that_can_be_proved() {
    let of = |service: &str| {
        let table = table("x-key", "builder_key", "builder");
        fault_of_route("builder", table, json!(["azat", "builder"]), service)
    };
    assert_eq!(of("builder"), "none");
    let expected =
        "routes.0.services: expected services that something in accepts proves, not \"bulider\"";
    assert_eq!(of("bulider"), expected);
}

#[test]
fn profiles_have_one_place_in_a_routes_order() {
    let of = |accepts: Value| {
        let table = table("x-key", "builder_key", "builder");
        fault_of_route("builder", table, accepts, "builder")
    };
    assert_eq!(of(json!(["azat", "apat", "builder"])), "none");
    assert_eq!(of(json!(["builder", "apat", "azat"])), "none");
    let expected = "routes.0.accepts: expected the profiles next to each other";
    assert_eq!(of(json!(["azat", "builder", "apat"])), expected);
}
