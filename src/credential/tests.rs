//! Several systems on one route: [`super::fixed_header`] beside tokens.

use azat_policy::Combine;
use http::HeaderValue;
use serde_json::{Value, json};

use crate::gateway::respond;
use crate::platform::Read;
use crate::request::Request;
use crate::sandbox::Sandbox;
use crate::testing::{UUID, World, ask, get, policy, token};

/// A world whose file route accepts both, and lets these services in.
fn world(combine: Combine, services: &[&str]) -> World {
    let mut policy: Value = serde_json::from_str(&policy().to_compact()).unwrap();
    policy["fixed_headers"] = json!({
        "builders": {"field": "x-key", "secret": "builders_key", "service": "builder"},
        "others": {"field": "x-other-key", "secret": "others_key", "service": "other"},
    });
    policy["routes"][0]["accepts"] = json!(["builders", "azat", "others"]);
    policy["routes"][0]["combine"] = json!(combine);
    policy["routes"][0]["services"] = json!(services);
    let mut world = World {
        policy: Read::Present(policy.to_string()),
        ..World::new()
    };
    let keys = [("builders_key", KEY), ("others_key", OTHER_KEY)];
    let keys = keys.map(|(name, key)| (name.to_owned(), key.to_owned()));
    world.secrets.extend(keys);
    world
}

/// A request with these fields, and perhaps a good token.
fn request(fields: &[(&'static str, &str)], token: Option<&str>) -> Request {
    let mut request = get(&format!("/repository/files/{UUID}"), token);
    for (name, value) in fields {
        let value = HeaderValue::from_str(value).unwrap();
        request.headers.append(*name, value);
    }
    request
}

/// Status, reason and system in the log.
fn outcome(world: &mut World, request: &Request) -> (u64, String, String) {
    let (_, line) = ask(world, request);
    let text = |name: &str| line[name].as_str().unwrap_or("none").to_owned();
    (
        line["status"].as_u64().unwrap(),
        text("reason"),
        text("system"),
    )
}

fn told(status: u64, reason: &str, system: &str) -> (u64, String, String) {
    (status, reason.to_owned(), system.to_owned())
}

const KEY: &str = "0123456789abcdef0123456789abcdef";
const OTHER_KEY: &str = "fedcba9876543210fedcba9876543210";
const GOOD: (&str, &str) = ("x-key", KEY);
const OTHER: (&str, &str) = ("x-other-key", OTHER_KEY);
const BAD: (&str, &str) = ("x-key", OTHER_KEY);

#[test]
fn a_service_and_a_user_are_joined() {
    let mut world = world(Combine::OnePerHalf, &["builder"]);
    let joined = request(&[GOOD], Some(&token()));
    assert_eq!(
        outcome(&mut world, &joined),
        told(200, "none", "builders+azat")
    );
    let user = request(&[], Some(&token()));
    assert_eq!(outcome(&mut world, &user), told(200, "none", "azat"));
    // A service alone reads no file: its entitlement is the user's.
    let service = request(&[GOOD], None);
    let missing = told(401, "credential_missing", "builders");
    assert_eq!(outcome(&mut world, &service), missing);
}

#[test]
fn two_of_one_half_are_refused() {
    let mut world = world(Combine::OnePerHalf, &["builder", "other"]);
    for fields in [&[GOOD, OTHER][..], &[GOOD, GOOD], &[BAD, OTHER]] {
        let several = request(fields, Some(&token()));
        let refused = told(400, "credentials_several", "unknown");
        assert_eq!(outcome(&mut world, &several), refused);
    }
    assert!(world.requests.is_empty());
}

#[test]
fn a_bad_credential_is_final() {
    for combine in [Combine::OnePerHalf, Combine::First] {
        let mut world = world(combine, &["builder"]);
        let bad = request(&[BAD], Some(&token()));
        let refused = told(401, "fixed_header_refused", "builders");
        assert_eq!(outcome(&mut world, &bad), refused);
        assert!(world.requests.is_empty());
    }
    let mut world = world(Combine::OnePerHalf, &["builder"]);
    let bad = request(&[GOOD], Some("garbage"));
    let refused = told(401, "token_malformed", "builders+azat");
    assert_eq!(outcome(&mut world, &bad), refused);
}

#[test]
fn the_first_in_the_routes_order_decides_where_it_says_so() {
    let mut world = world(Combine::First, &["builder", "other"]);
    let all = request(&[OTHER, GOOD], Some(&token()));
    let missing = told(401, "credential_missing", "builders");
    assert_eq!(outcome(&mut world, &all), missing);
    // The second, where the first is not there; what comes after it is not looked at.
    let later = request(&[("x-other-key", "bad")], Some(&token()));
    assert_eq!(outcome(&mut world, &later), told(200, "none", "azat"));
}

#[test]
fn the_service_gate_comes_before_the_user_gate() {
    let mut world = world(Combine::OnePerHalf, &["other"]);
    let refused = told(403, "service_refused", "builders+azat");
    let joined = request(&[GOOD], Some(&token()));
    assert_eq!(outcome(&mut world, &joined), refused);
    assert!(
        world.requests.is_empty(),
        "nothing is asked for the user gate"
    );
}

#[test]
fn a_place_that_no_accepted_system_uses_is_not_looked_at() {
    // This route takes tokens alone.
    let mut request = get(&format!("/redirect/files/{UUID}"), Some(&token()));
    let twice = [GOOD, GOOD, BAD];
    for (name, value) in twice {
        let value = HeaderValue::from_str(value).unwrap();
        request.headers.append(name, value);
    }
    let mut world = world(Combine::OnePerHalf, &[]);
    assert_eq!(outcome(&mut world, &request), told(302, "none", "azat"));
}

#[test]
fn what_is_of_no_accepted_system_is_no_credential_for_its_half() {
    let mut world = world(Combine::OnePerHalf, &["builder"]);
    let google = request(&[GOOD], Some("ya29.a0Af"));
    let refused = told(401, "credential_not_accepted", "google");
    assert_eq!(outcome(&mut world, &google), refused);
    let mut world = self::world(Combine::First, &["builder"]);
    let missing = told(401, "credential_missing", "builders");
    assert_eq!(outcome(&mut world, &google), missing);
}

#[test]
fn the_steps_of_both_are_listed_and_a_service_alone_lacks_an_entitlement() {
    let mut world = world(Combine::OnePerHalf, &["builder"]);
    let mut steps = |request: &Request| {
        let (_, trail) = respond(request, &mut Sandbox::new(), &mut world);
        let steps: Vec<&str> = trail.steps().iter().map(|step| step.name).collect();
        (steps, trail.denial().map(|denial| denial.step().name))
    };
    let (joined, _) = steps(&request(&[GOOD], Some(&token())));
    assert_eq!(joined[3..7], ["acceptance", "value", "form", "keys"]);
    let (alone, failed) = steps(&request(&[GOOD], None));
    let expected = ["acceptance", "value", "service", "name", "entitlement"];
    assert_eq!(alone[3..8], expected);
    assert_eq!(failed, Some("entitlement"));
}

#[test]
fn a_good_key_is_not_called_bad_where_there_is_none_to_compare_with() {
    for entry in [None, Some(""), Some("0123456789abcdef0123456789abcde")] {
        let mut world = world(Combine::OnePerHalf, &["builder"]);
        world.secrets.remove("builders_key");
        let entry = entry.map(|entry| ("builders_key".to_owned(), entry.to_owned()));
        let key = entry
            .as_ref()
            .map_or(KEY.to_owned(), |(_, key)| key.clone());
        world.secrets.extend(entry);
        let request = request(&[("x-key", &key)], Some(&token()));
        let (status, reason, _) = outcome(&mut world, &request);
        assert_eq!((status, reason.as_str()), (503, "configuration_broken"));
    }
}
