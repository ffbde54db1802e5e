//! The order of the steps is the order in which they are taken: a request that is wrong in every
//! way fails at the first, and as one thing after the other is mended, at each of them in turn.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde_json::{Value, json};

use crate::gateway::respond;
use crate::platform::Read;
use crate::request::Request;
use crate::sandbox::Sandbox;
use crate::testing::{
    ENTITLEMENT, FILE, NOW, UUID, World, claims as good_claims, entitlement, get, jwk, other_jwk,
    policy, record, sign,
};

/// The steps that decide on a request for a file with a token, by name.
const STEPS: [&str; 24] = [
    "settings",
    "route",
    "credential",
    "acceptance",
    "form",
    "keys",
    "type",
    "algorithm",
    "key",
    "signature",
    "claims",
    "issuer",
    "subject",
    "audience",
    "possession",
    "lifetime",
    "expiry",
    "beginning",
    "name",
    "entitlement",
    "session",
    "record",
    "source",
    "delivery",
];

/// What a request is made from, bad for the step of that index and all that come after it.
#[derive(Clone, Copy)]
struct BadFrom(usize);

impl BadFrom {
    fn choose<T>(self, step: &str, good: T, bad: T) -> T {
        match self.is_bad(step) {
            true => bad,
            false => good,
        }
    }

    fn is_bad(self, step: &str) -> bool {
        let index = STEPS.iter().position(|name| *name == step);
        index.unwrap() >= self.0
    }

    fn policy(self) -> String {
        let mut policy: Value = serde_json::from_str(&policy().to_compact()).unwrap();
        policy["profiles"]["azat"]["subject_prefix"] = "google#".into();
        if self.is_bad("acceptance") {
            policy["routes"][0]["accepts"] = json!([]);
            policy["routes"][0]["passes"] = json!(["google"]);
            policy["routes"][0]["answer"] = json!("origin");
        }
        self.choose("settings", policy.to_string(), "broken".to_owned())
    }

    fn keys(self) -> String {
        let kid = self.choose("key", "k1", "k2");
        let key = self.choose("signature", jwk(kid), other_jwk(kid));
        let keys = self.choose("keys", json!([key]), json!([]));
        json!({"azat": {"keys": keys}}).to_string()
    }

    fn token(self) -> String {
        let now = NOW.seconds();
        let mut header = json!({
            "typ": self.choose("type", "JWT", "at+jwt"),
            "alg": self.choose("algorithm", "RS256", "none"),
            "kid": "k1",
        });
        let mut claims = json!({
            "iss": self.choose("issuer", "https://azul.example", "https://other.example"),
            "sub": self.choose("subject", "google#1", "other#1"),
            "iat": now - self.choose("lifetime", 2, 30) * 86_400,
            "exp": self.choose("expiry", now + 60, now - 86_400),
            "nbf": self.choose("beginning", now, now + 1_000),
        });
        if self.is_bad("form") {
            header["crit"] = json!([]);
        }
        for (step, name, value) in [
            ("claims", "jti", json!(1)),
            ("audience", "aud", json!("https://other.example")),
            ("possession", "cnf", json!({})),
        ] {
            if self.is_bad(step) {
                claims[name] = value;
            }
        }
        sign(&header.to_string(), &claims.to_string())
    }

    fn request(self) -> Request {
        let base = "https://azul.example/repository/files/";
        let version = self.choose("name", "", "?version=1");
        let method = self.choose("route", Method::GET, Method::POST);
        let mut headers = HeaderMap::new();
        let bearer = HeaderValue::try_from(format!("Bearer {}", self.token())).unwrap();
        headers.append(AUTHORIZATION, bearer.clone());
        if self.is_bad("credential") {
            headers.append(AUTHORIZATION, bearer);
        }
        Request {
            method,
            url: format!("{base}{UUID}{version}").parse().unwrap(),
            headers,
        }
    }

    fn world(self) -> World {
        let mut world = World::new();
        let mut entitlement = entitlement(self.choose("source", &["open"], &[]));
        if self.is_bad("session") {
            entitlement.jti_window = (1, 1);
        }
        let mut record = record();
        if self.is_bad("delivery") {
            record["mirror_key"].take();
        }
        let documents = [
            ("entitlement", ENTITLEMENT, json!(entitlement)),
            ("record", FILE, record),
        ];
        world.documents.clear();
        for (step, path, document) in documents {
            if !self.is_bad(step) {
                let answer = (StatusCode::OK, document.to_string());
                world.documents.insert(path, answer);
            }
        }
        world
    }

    /// The step that ends the request, unless it is allowed.
    fn ended(self) -> Option<&'static str> {
        let mut world = World {
            policy: Read::Present(self.policy()),
            keys: Read::Present(self.keys()),
            ..self.world()
        };
        let (_, trail) = respond(&self.request(), &mut Sandbox::new(), &mut world);
        trail.denial().map(|denial| denial.step().name)
    }
}

#[test]
fn the_first_step_that_fails_ends_the_request() {
    for (index, step) in STEPS.into_iter().enumerate() {
        assert_eq!(BadFrom(index).ended(), Some(step));
    }
}

#[test]
fn all_steps_are_listed_in_their_order() {
    let names = |request: &Request| {
        let (_, trail) = respond(request, &mut Sandbox::new(), &mut World::new());
        let steps = trail.steps();
        steps.iter().map(|step| step.name).collect::<Vec<_>>()
    };
    let target = format!("/repository/files/{UUID}");
    let token = sign(r#"{"alg":"RS256","kid":"k1"}"#, &good_claims().to_string());
    assert_eq!(names(&get(&target, Some(&token))), STEPS);
    // Without a credential, there are no steps of verification.
    assert_eq!(
        names(&get(&target, None)),
        [&STEPS[..4], &STEPS[18..]].concat()
    );
}
