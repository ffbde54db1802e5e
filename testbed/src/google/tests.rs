//! Google as its client sees it, through curl.

use std::time::Duration;

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::*;
use crate::curl::CurlAnswer;
use crate::patience::wait_until;
use crate::server::fault::Fault;

const SUB: &str = "105096702580025601450";
const URI: &str = "http://localhost/callback";

/// What a client gets for a code.
struct SignedIn {
    access_token: Token,
    refresh_token: String,
    answer: Value,
}

/// Signs `sub` in, and redeems the code.
fn signed_in(google: &Google, sub: &str) -> SignedIn {
    let pkce = Pkce::generate();
    let code = google.sign_in_code(sub, URI, &pkce.challenge()).unwrap();
    let answer = redeem(google, &code, &[], pkce.verifier());
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer = answer.json().unwrap();
    let text = |name: &str| answer[name].as_str().unwrap().to_owned();
    SignedIn {
        access_token: Token::new(text("access_token")),
        refresh_token: text("refresh_token"),
        answer,
    }
}

/// Redeems a code, with some parameters replaced.
fn redeem(google: &Google, code: &Token, other: &[(&str, &str)], verifier: &Token) -> CurlAnswer {
    let parameters = [
        ("grant_type", "authorization_code"),
        ("code", code.reveal()),
        ("redirect_uri", URI),
        ("code_verifier", verifier.reveal()),
    ];
    post(google, &parameters, other)
}

fn refresh(google: &Google, refresh_token: &str) -> CurlAnswer {
    let parameters = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token),
    ];
    post(google, &parameters, &[])
}

/// Posts to the token endpoint, with the client's credentials. What is in `other` comes instead; a
/// parameter that is empty there is left out.
fn post(google: &Google, parameters: &[(&str, &str)], other: &[(&str, &str)]) -> CurlAnswer {
    let client = [
        ("client_id", google.client_id()),
        ("client_secret", google.client_secret().reveal()),
    ];
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in parameters.iter().chain(&client) {
        let instead = other.iter().find(|(n, _)| n == name).map(|(_, v)| *v);
        let value = instead.unwrap_or(value);
        if !value.is_empty() {
            form.append_pair(name, value);
        }
    }
    ask(google, &["--data", &form.finish()], Google::TOKEN_PATH)
}

fn ask(google: &Google, options: &[&str], path: &str) -> CurlAnswer {
    let scratch = tempfile::tempdir().unwrap();
    let url = format!("{}{path}", google.url());
    let arguments: Vec<_> = options.iter().copied().chain([url.as_str()]).collect();
    curl(scratch.path(), &arguments).unwrap()
}

fn tokeninfo(google: &Google, token: &Token) -> CurlAnswer {
    let query = format!("{}?access_token={}", Google::TOKENINFO_PATH, token.reveal());
    ask(google, &[], &query)
}

fn started() -> Google {
    Google::start().unwrap()
}

fn error(answer: &CurlAnswer) -> (u16, String) {
    let body = answer.json().unwrap();
    assert!(body["error_description"].is_string(), "{body}");
    (answer.status, body["error"].as_str().unwrap().to_owned())
}

fn error_of(status: u16, error: &str) -> (u16, String) {
    (status, error.to_owned())
}

fn names(object: &Value) -> Vec<&str> {
    let mut names: Vec<_> = object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn the_sign_in_goes_back_with_code_and_state() {
    let google = started();
    let mut url = google.authorization_url(SUB, URI, "challenge").unwrap();
    url.query_pairs_mut().append_pair("state", "a b&c");
    let path = format!("{}?{}", url.path(), url.query().unwrap());
    let answer = ask(&google, &[], &path);
    assert_eq!(answer.status, 302);
    let location = Url::parse(answer.header("location").unwrap()).unwrap();
    assert!(location.as_str().starts_with("http://localhost/callback?"));
    let pairs: Vec<_> = location.query_pairs().into_owned().collect();
    assert_eq!((pairs.len(), pairs[0].0.as_str()), (2, "code"));
    assert!(pairs[0].1.starts_with("4/0A"));
    assert_eq!(pairs[1], ("state".to_owned(), "a b&c".to_owned()));
}

#[test]
fn a_sign_in_that_is_not_in_order_is_refused() {
    let google = started();
    let good = google.authorization_url(SUB, URI, "challenge").unwrap();
    let status = |name: &str, value: Option<&str>| {
        let pairs = good
            .query_pairs()
            .filter(|(n, _)| n != name)
            .chain(value.map(|value| (name.into(), value.into())));
        let mut url = good.clone();
        url.query_pairs_mut().clear().extend_pairs(pairs).finish();
        let path = format!("{}?{}", url.path(), url.query().unwrap());
        ask(&google, &[], &path).status
    };
    assert_eq!(status("state", Some("x")), 302);
    assert_eq!(status("client_id", Some("another")), 401);
    assert_eq!(status("response_type", Some("token")), 400);
    assert_eq!(status("code_challenge_method", Some("plain")), 400);
    assert_eq!(status("redirect_uri", Some("nowhere")), 400);
    assert_eq!(status("code_challenge", None), 400);
    assert_eq!(status("login_hint", None), 400);
}

#[test]
fn a_code_gives_tokens_of_googles_shape() {
    let google = started();
    let SignedIn { answer, .. } = signed_in(&google, SUB);
    assert_eq!(
        names(&answer),
        [
            "access_token",
            "expires_in",
            "id_token",
            "refresh_token",
            "scope",
            "token_type"
        ]
    );
    assert_eq!(
        (&answer["expires_in"], &answer["token_type"]),
        (&json!(3600), &json!("Bearer"))
    );
    assert_eq!(answer["scope"], "openid email");
    assert!(
        answer["access_token"]
            .as_str()
            .unwrap()
            .starts_with("ya29.")
    );
    assert!(answer["refresh_token"].as_str().unwrap().starts_with("1//"));
}

#[test]
fn a_code_is_good_once() {
    let google = started();
    let pkce = Pkce::generate();
    let code = google.sign_in_code(SUB, URI, &pkce.challenge()).unwrap();
    assert_eq!(redeem(&google, &code, &[], pkce.verifier()).status, 200);
    let again = redeem(&google, &code, &[], pkce.verifier());
    assert_eq!(error(&again), error_of(400, "invalid_grant"));
}

#[test]
fn all_that_comes_with_a_code_must_be_right() {
    let google = started();
    let refusal = |name: &str, value: &str| {
        let pkce = Pkce::generate();
        let code = google.sign_in_code(SUB, URI, &pkce.challenge()).unwrap();
        error(&redeem(&google, &code, &[(name, value)], pkce.verifier()))
    };
    let invalid_grant = error_of(400, "invalid_grant");
    assert_eq!(refusal("code", "4/0Aunknown"), invalid_grant);
    assert_eq!(refusal("code_verifier", "wrong"), invalid_grant);
    assert_eq!(refusal("redirect_uri", "http://localhost/"), invalid_grant);
    let invalid_client = error_of(401, "invalid_client");
    assert_eq!(refusal("client_id", "another"), invalid_client);
    assert_eq!(refusal("client_secret", "wrong"), invalid_client);
    let invalid_request = error_of(400, "invalid_request");
    assert_eq!(refusal("code_verifier", ""), invalid_request);
    assert_eq!(refusal("client_secret", ""), invalid_request);
    assert_eq!(refusal("grant_type", "password"), invalid_request);
}

#[test]
fn a_refresh_gives_another_access_token_and_no_refresh_token() {
    let google = started();
    let session = signed_in(&google, SUB);
    for count in 1..=2 {
        let answer = refresh(&google, &session.refresh_token).json().unwrap();
        assert_eq!(
            names(&answer),
            [
                "access_token",
                "expires_in",
                "id_token",
                "scope",
                "token_type"
            ]
        );
        assert_ne!(answer["access_token"], session.access_token.reveal());
        assert!(google.is_live(answer["access_token"].as_str().unwrap()));
        assert_eq!(google.refreshes(SUB), count);
    }
    assert!(google.is_live(session.access_token.reveal()));
    assert_eq!(google.refreshes("another"), 0);
}

#[test]
fn with_rotation_a_refresh_token_is_good_once() {
    let google = started();
    google.set_rotation(true);
    let first = signed_in(&google, SUB).refresh_token;
    let answer = refresh(&google, &first).json().unwrap();
    let second = answer["refresh_token"].as_str().unwrap();
    assert_eq!(
        error(&refresh(&google, &first)),
        error_of(400, "invalid_grant")
    );
    assert_eq!(refresh(&google, second).status, 200);
    assert_eq!(google.refreshes(SUB), 2);
}

#[test]
fn revoked_refresh_tokens_are_refused_until_the_next_sign_in() {
    let google = started();
    let (session, other) = (signed_in(&google, SUB), signed_in(&google, "1"));
    google.revoke_refresh_tokens(SUB);
    let refused = refresh(&google, &session.refresh_token);
    assert_eq!(error(&refused), error_of(400, "invalid_grant"));
    assert_eq!(google.refreshes(SUB), 0);
    assert!(google.is_live(session.access_token.reveal()));
    assert_eq!(refresh(&google, &other.refresh_token).status, 200);
    let again = signed_in(&google, SUB).refresh_token;
    assert_eq!(refresh(&google, &again).status, 200);
}

#[test]
fn a_refresh_wants_the_clients_secret() {
    let google = started();
    let session = signed_in(&google, SUB);
    let parameters = [
        ("grant_type", "refresh_token"),
        ("refresh_token", session.refresh_token.as_str()),
    ];
    let refused = post(&google, &parameters, &[("client_secret", "wrong")]);
    assert_eq!(error(&refused), error_of(401, "invalid_client"));
    assert_eq!(google.refreshes(SUB), 0);
}

#[test]
fn tokeninfo_is_all_strings_without_issuer() {
    let google = started();
    google.set_access_token_lifetime(1000);
    let token = signed_in(&google, SUB).access_token;
    let answer = tokeninfo(&google, &token);
    assert_eq!(answer.status, 200);
    let info = answer.json().unwrap();
    assert_eq!(
        names(&info),
        [
            "access_type",
            "aud",
            "azp",
            "email",
            "email_verified",
            "exp",
            "expires_in",
            "scope",
            "sub"
        ]
    );
    let text = |name: &str| info[name].as_str().unwrap().to_owned();
    assert_eq!(
        (text("aud"), text("azp"), text("sub")),
        (
            google.client_id().to_owned(),
            google.client_id().to_owned(),
            SUB.to_owned()
        )
    );
    assert_eq!(
        (text("email_verified"), text("access_type")),
        ("true".to_owned(), "offline".to_owned())
    );
    assert!((900..1000).contains(&text("expires_in").parse().unwrap()));
    assert!(text("exp").parse::<u64>().unwrap() > 1_700_000_000);
    assert!(text("email").contains('@') && text("scope") == "openid email");
}

#[test]
fn access_tokens_expire_everywhere_at_once() {
    let google = started();
    google.set_access_token_lifetime(1);
    let session = signed_in(&google, SUB);
    assert_eq!(session.answer["expires_in"], 1);
    let token = session.access_token;
    wait_until("the token expires", || !google.is_live(token.reveal()));
    assert_dead(&google, &token);
    assert_eq!(refresh(&google, &session.refresh_token).status, 200);
}

#[test]
fn access_tokens_can_be_ended_before_their_time() {
    let google = started();
    let (token, other) = (
        signed_in(&google, SUB).access_token,
        signed_in(&google, "1").access_token,
    );
    google.expire_access_tokens(SUB);
    assert_dead(&google, &token);
    assert!(google.is_live(other.reveal()));
    assert_dead(&google, &Token::new("ya29.unknown"));
}

fn assert_dead(google: &Google, token: &Token) {
    assert!(!google.is_live(token.reveal()));
    let refused = tokeninfo(google, token);
    assert_eq!(error(&refused), error_of(400, "invalid_token"));
    assert_eq!(
        refused.json().unwrap()["error_description"],
        "Invalid Value"
    );
    let refused = ask(
        google,
        &["--header", &token.header()],
        Google::USERINFO_PATH,
    );
    assert_eq!(refused.status, 401);
}

#[test]
fn userinfo_tells_the_bearer_who_it_is() {
    let google = started();
    let token = signed_in(&google, SUB).access_token;
    let answer = ask(
        &google,
        &["--header", &token.header()],
        Google::USERINFO_PATH,
    );
    let info = answer.json().unwrap();
    assert_eq!(names(&info), ["email", "email_verified", "sub"]);
    assert_eq!(
        (&info["sub"], &info["email_verified"]),
        (&json!(SUB), &json!(true))
    );
    assert_eq!(ask(&google, &[], Google::USERINFO_PATH).status, 401);
}

#[test]
fn id_tokens_verify_with_the_published_key() {
    let google = started();
    let session = signed_in(&google, SUB);
    let claims = verified(&google, &session.answer, "https://accounts.google.com");
    let digest = Sha256::digest(session.access_token.reveal());
    assert_eq!(
        claims["at_hash"],
        base64::Engine::encode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, &digest[..16])
    );
    assert_eq!(
        names(&claims),
        [
            "at_hash",
            "aud",
            "azp",
            "email",
            "email_verified",
            "exp",
            "iat",
            "iss",
            "sub"
        ]
    );
    assert_eq!(
        (&claims["sub"], &claims["azp"]),
        (&json!(SUB), &json!(google.client_id()))
    );
    assert_eq!(claims["email_verified"], true);

    google.set_issuer("https://issuer.example");
    let answer = refresh(&google, &session.refresh_token).json().unwrap();
    let refreshed = verified(&google, &answer, "https://issuer.example");
    assert_ne!(refreshed["at_hash"], claims["at_hash"]);
}

/// The claims of the ID token in `answer`.
fn verified(google: &Google, answer: &Value, issuer: &str) -> Value {
    let id_token = answer["id_token"].as_str().unwrap();
    let keys: JwkSet =
        serde_json::from_value(ask(google, &[], Google::JWK_SET_PATH).json().unwrap()).unwrap();
    let jwk = keys
        .find(&decode_header(id_token).unwrap().kid.unwrap())
        .unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&[google.client_id()]);
    validation.set_issuer(&[issuer]);
    decode(id_token, &DecodingKey::from_jwk(jwk).unwrap(), &validation)
        .unwrap()
        .claims
}

#[test]
fn every_token_is_to_be_searched_for() {
    let used = UsedTokens::default();
    let google = Google::start_remembered(used.clone()).unwrap();
    google.set_rotation(true);
    let session = signed_in(&google, SUB);
    let refreshed = refresh(&google, &session.refresh_token).json().unwrap();
    let text = |answer: &Value, name: &str| Token::new(answer[name].as_str().unwrap());
    let issued = [
        text(&session.answer, "access_token"),
        text(&session.answer, "refresh_token"),
        text(&refreshed, "access_token"),
        text(&refreshed, "refresh_token"),
    ];
    assert_eq!(google.issued_tokens(), issued);
    assert!(issued.iter().all(|token| used.all().contains(token)));
    assert!(used.all().contains(&text(&refreshed, "id_token")));
}

#[test]
fn a_refresh_is_done_before_its_answer_is_delayed() {
    let google = started();
    let session = signed_in(&google, SUB);
    google.set_fault_at(Google::TOKEN_PATH, Fault::Delay(Duration::from_secs(30)));
    std::thread::scope(|scope| {
        let asked = scope.spawn(|| refresh(&google, &session.refresh_token));
        wait_until("a refresh is done", || google.refreshes(SUB) == 1);
        assert!(!asked.is_finished());
        google.stop();
        // curl's "nothing received".
        assert_eq!(asked.join().unwrap().exit, 52);
    });
}

#[test]
fn a_stalled_refresh_is_not_done_before_the_fault_is_over() {
    let google = started();
    let session = signed_in(&google, SUB);
    google.forget_requests();
    google.set_fault(Fault::Stall);
    std::thread::scope(|scope| {
        let asked = scope.spawn(|| refresh(&google, &session.refresh_token));
        wait_until("a refresh is asked for", || !google.requests().is_empty());
        assert_eq!((google.refreshes(SUB), asked.is_finished()), (0, false));
        google.clear_fault();
        assert_eq!(asked.join().unwrap().status, 200);
        assert_eq!(google.refreshes(SUB), 1);
    });
}

#[test]
fn trouble_does_not_end_sessions() {
    let google = started();
    let session = signed_in(&google, SUB);
    google.set_fault(Fault::Status(500));
    assert_eq!(refresh(&google, &session.refresh_token).status, 500);
    google.clear_fault();
    google.stop();
    // curl's "failed to connect".
    assert_eq!(refresh(&google, &session.refresh_token).exit, 7);
    google.restart().unwrap();
    assert_eq!(refresh(&google, &session.refresh_token).status, 200);
    assert_eq!(google.refreshes(SUB), 1);
}

#[test]
fn what_is_issued_unasked_is_as_good() {
    let google = started();
    let pkce = Pkce::generate();
    let code = google.issue_code(SUB, URI, &pkce.challenge());
    assert_eq!(redeem(&google, &code, &[], pkce.verifier()).status, 200);
    let refresh_token = google.issue_refresh_token(SUB);
    assert_eq!(refresh(&google, refresh_token.reveal()).status, 200);
    assert!(google.refresh_tokens(SUB).contains(&refresh_token));
    assert!(google.refresh_tokens("another").is_empty());

    let access_token = google.issue_access_token(SUB);
    assert_eq!(tokeninfo(&google, &access_token).status, 200);
    let id_token = google.issue_id_token(&access_token).unwrap();
    let answer = json!({"id_token": id_token.reveal()});
    let claims = verified(&google, &answer, "https://accounts.google.com");
    assert_eq!(claims["sub"], SUB);
    assert!(google.issue_id_token(&Token::new("ya29.unknown")).is_err());
}

#[test]
fn an_access_token_can_be_another_clients() {
    let google = started();
    let token = google.issue_access_token_for(SUB, "audience", "party");
    let info = tokeninfo(&google, &token).json().unwrap();
    assert_eq!(
        (&info["aud"], &info["azp"]),
        (&json!("audience"), &json!("party"))
    );
}

#[test]
fn id_tokens_can_be_flawed() {
    let google = started();
    let changes = json!({"sub": "2", "azp": null});
    google.set_id_token_claims(changes.as_object().unwrap().clone());
    let answer = signed_in(&google, SUB).answer;
    let claims = verified(&google, &answer, "https://accounts.google.com");
    assert_eq!((&claims["sub"], claims.get("azp")), (&json!("2"), None));

    let kid = |answer: &Value| {
        let id_token = answer["id_token"].as_str().unwrap();
        decode_header(id_token).unwrap().kid.unwrap()
    };
    let published = kid(&answer);
    google.set_unpublished_key(true).unwrap();
    assert_ne!(kid(&signed_in(&google, SUB).answer), published);
    google.set_unpublished_key(false).unwrap();
    assert_eq!(kid(&signed_in(&google, SUB).answer), published);
}

#[test]
fn the_token_endpoints_forms_are_kept_by_grant_type() {
    let google = started();
    let session = signed_in(&google, SUB);
    google.set_fault(Fault::Status(503));
    refresh(&google, &session.refresh_token);
    let [form] = google.token_requests("refresh_token").try_into().unwrap();
    assert_eq!(form["refresh_token"], session.refresh_token);
    assert_eq!(google.token_requests("authorization_code").len(), 1);
}
