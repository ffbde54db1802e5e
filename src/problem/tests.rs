//! Tests of [`super`].

use http::Response;
use serde_json::{Value, json};

use super::Body;
use crate::credential::acceptance;
use crate::denial::Denial;
use crate::jose::TokenFault;
use crate::origin::refusal;
use crate::route;
use crate::time::UnixTime;

fn answer(denial: &Denial) -> (Response<()>, Value) {
    let (head, body) = super::answer::<()>(denial, 3).into_parts();
    let Body::Text(text) = body else {
        panic!("expected a problem document");
    };
    (
        Response::from_parts(head, ()),
        serde_json::from_str(&text).unwrap(),
    )
}

#[test]
fn the_reason_is_the_same_in_every_place() {
    let at = UnixTime::from_seconds(784_111_777);
    let (response, problem) = answer(&Denial::from(TokenFault::Expired { at }));
    let header = |name: &str| response.headers()[name].to_str().unwrap();
    assert_eq!(response.status(), 401);
    assert_eq!(header("content-type"), "application/problem+json");
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(
        header("www-authenticate"),
        "Bearer realm=\"files\", error=\"invalid_token\", error_description=\"token_expired: \
         The token has expired. The token expired on Sun, 06 Nov 1994 08:49:37 GMT. \
         Request a new command line and use the token in it.\""
    );
    assert_eq!(
        header("proxy-status"),
        "azat-edge; error=http_request_denied; details=\"token_expired\""
    );
    let expected = json!({
        "type": "urn:problem-type:azat-edge:token_expired",
        "title": "The token has expired.",
        "status": 401,
        "detail": "The token expired on Sun, 06 Nov 1994 08:49:37 GMT. Request a new command line and use the token in it.",
        "reason": "token_expired",
    });
    assert_eq!(problem, expected);
}

#[test]
fn without_a_credential_there_is_no_error_in_the_challenge() {
    let (response, _) = answer(&Denial::from(&acceptance::MISSING));
    assert_eq!(
        response.headers()["www-authenticate"],
        "Bearer realm=\"files\""
    );
}

#[test]
fn each_status_has_the_fields_that_http_asks_for() {
    let denial = Denial::from(&route::METHOD_NOT_ALLOWED).allowing("GET, HEAD".to_owned());
    let (response, _) = answer(&denial);
    assert_eq!(response.headers()["allow"], "GET, HEAD");
    let (response, problem) = answer(&Denial::from(&refusal::UNAVAILABLE).because("internal"));
    assert_eq!(response.headers()["retry-after"], "13");
    assert!(!problem.to_string().contains("internal"));
}
