//! The order of the checks is the order in which they are made: a request that is wrong in every way fails
//! at the first, and as one thing after the other is mended, at each of them in turn.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde_json::{Value, json};

use super::Check;
use crate::gateway::respond;
use crate::jose::Memory;
use crate::request::Request;
use crate::settings::{Item, Read, Settings};
use crate::testing::{
    ENTITLEMENT, FILE, NOW, UUID, World, entitlement, jwk, other_jwk, policy, record, sign,
};

/// What makes a request, which is bad in this check and all that come after it.
#[derive(Clone, Copy)]
struct BadFrom(Check);

impl BadFrom {
    fn choose<T>(self, check: Check, good: T, bad: T) -> T {
        match self.is_bad(check) {
            true => bad,
            false => good,
        }
    }

    fn is_bad(self, check: Check) -> bool {
        check >= self.0
    }

    fn policy(self) -> String {
        let mut policy: Value = serde_json::from_str(&policy().to_compact()).unwrap();
        policy["profiles"]["azat"]["subject_prefix"] = "google#".into();
        if self.is_bad(Check::Acceptance) {
            policy["routes"][0]["accepts"] = json!([]);
            policy["routes"][0]["passes"] = json!(["google"]);
            policy["routes"][0]["answer"] = json!("origin");
        }
        self.choose(Check::Settings, policy.to_string(), "broken".to_owned())
    }

    fn keys(self) -> String {
        let kid = self.choose(Check::Key, "k1", "k2");
        let key = self.choose(Check::Signature, jwk(kid), other_jwk(kid));
        let keys = self.choose(Check::Keys, json!([key]), json!([]));
        json!({"azat": {"keys": keys}}).to_string()
    }

    fn token(self) -> String {
        let now = NOW.seconds();
        let mut header = json!({
            "typ": self.choose(Check::Type, "JWT", "at+jwt"),
            "alg": self.choose(Check::Algorithm, "RS256", "none"),
            "kid": "k1",
        });
        let mut claims = json!({
            "iss": self.choose(Check::Issuer, "https://azul.example", "https://other.example"),
            "sub": self.choose(Check::Subject, "google#1", "other#1"),
            "iat": now - self.choose(Check::Lifetime, 2, 30) * 86_400,
            "exp": self.choose(Check::Expiry, now + 60, now - 86_400),
            "nbf": self.choose(Check::Beginning, now, now + 1_000),
        });
        if self.is_bad(Check::Form) {
            header["crit"] = json!([]);
        }
        for (check, name, value) in [
            (Check::Claims, "jti", json!(1)),
            (Check::Audience, "aud", json!("https://other.example")),
            (Check::Possession, "cnf", json!({})),
        ] {
            if self.is_bad(check) {
                claims[name] = value;
            }
        }
        sign(&header.to_string(), &claims.to_string())
    }

    fn request(self) -> Request {
        let base = "https://azul.example/repository/files/";
        let version = self.choose(Check::Name, "", "?version=1");
        let method = self.choose(Check::Route, Method::GET, Method::POST);
        let mut headers = HeaderMap::new();
        let bearer = HeaderValue::try_from(format!("Bearer {}", self.token())).unwrap();
        headers.append(AUTHORIZATION, bearer.clone());
        if self.is_bad(Check::Credential) {
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
        let mut entitlement = entitlement(self.choose(Check::Source, &["open"], &[]));
        if self.is_bad(Check::Session) {
            entitlement.jti_window = (1, 1);
        }
        let mut record = record();
        if self.is_bad(Check::Delivery) {
            record["mirror_key"].take();
        }
        let documents = [
            (Check::Entitlement, ENTITLEMENT, json!(entitlement)),
            (Check::Record, FILE, record),
        ];
        world.documents.clear();
        for (check, path, document) in documents {
            if !self.is_bad(check) {
                let answer = (StatusCode::OK, document.to_string());
                world.documents.insert(path, answer);
            }
        }
        world
    }

    /// The check that ends the request, unless it is allowed.
    fn ended(self) -> Option<Check> {
        let read = |item| {
            Read::Present(match item {
                Item::Policy => self.policy(),
                Item::Keys => self.keys(),
            })
        };
        let (_, line) = respond(
            &self.request(),
            &mut Settings::built_in(),
            &mut Memory::default(),
            read,
            &mut self.world(),
        );
        let account = line.account();
        account.denial.map(|_| account.check)
    }
}

#[test]
fn the_first_check_that_fails_ends_the_request() {
    for check in Check::ALL {
        assert_eq!(BadFrom(check).ended(), Some(check));
    }
}

#[test]
fn all_checks_are_listed_in_their_order() {
    assert!(Check::ALL.is_sorted_by(|one, next| one < next));
    let names = Check::ALL.map(|check| json!(check));
    assert_eq!(names, Check::ALL.map(|check| json!(check.described().0)));
}
