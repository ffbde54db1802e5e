//! Signing in and out, tokens, and who bears one.

use axum::body::Body;
use axum::http::{Request, header};
use azat_testbed::{Google, Token};
use serde_json::{Map, Value, json};

use super::google::{
    ERROR_TEXT, INCOMPLETE, NOT_JSON, REDIRECT, TOO_LONG, USER, access_tokens, client, error,
    sign_in_body,
};
use super::{Answer, Call, Fixture, azat};
use crate::samples::{self, SUBJECT};

const NEW_SUBJECT: &str = "https://accounts.google.com#2";

impl Fixture {
    /// A service whose users sign in there.
    pub(super) fn of(google: &Google) -> Self {
        Self::with(|origin| origin.with_identity_provider(client(google)))
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Answer {
        let request = Request::post(path)
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        self.answer(request).await
    }

    pub(super) async fn sign_in(&self, google: &Google, user: &str) -> Answer {
        self.post("/user/authorize", &sign_in_body(google, user))
            .await
    }

    /// Signs that user in, and gives the access token.
    pub(super) async fn access_token(&self, google: &Google, user: &str) -> String {
        let answer = self.sign_in(google, user).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    pub(super) async fn as_user(&self, method: &str, target: &str, token: &str) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(target)
            .header("authorization", format!("Bearer {token}"))
            .body(Body::empty())
            .unwrap();
        self.answer(request).await
    }

    /// Signs that user in, and gives an AZAT.
    pub(super) async fn azat(&self, google: &Google, user: &str) -> String {
        let token = self.access_token(google, user).await;
        self.azat_for(&token).await
    }

    async fn azat_for(&self, access_token: &str) -> String {
        let answer = self.as_user("GET", "/user/token", access_token).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        answer.json()["token"].as_str().unwrap().to_owned()
    }

    async fn entitlement(&self, azat: &str) -> Answer {
        let call = Call::entitlement().with_azat(azat);
        self.answer(call.signed()).await
    }
}

/// The `jti` of an AZAT.
pub(super) fn jti(azat: &str) -> String {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    let payload = URL_SAFE_NO_PAD.decode(azat.split('.').nth(1).unwrap());
    let claims: Value = serde_json::from_slice(&payload.unwrap()).unwrap();
    claims["jti"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_code_becomes_a_session() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let body = sign_in_body(&google, USER);
    let answer = fixture.post("/user/authorize", &body).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    let [access_token] = access_tokens(&google).try_into().unwrap();
    let id_token = answer.json()["id_token"].clone();
    assert!(id_token.is_string());
    let expected = json!({
        "access_token": access_token, "expires_in": 3_600,
        "scope": "openid email", "token_type": "Bearer", "id_token": id_token,
    });
    assert_eq!(answer.json(), expected);
    let [form] = (google.token_requests("authorization_code").try_into()).unwrap();
    assert_eq!(form["client_secret"], google.client_secret().reveal());
    let code = body["code"].as_str().unwrap();
    assert_eq!((form["code"].as_str(), form.len()), (code, 6));

    let azat = fixture.azat_for(&access_token).await;
    let entitlement = fixture.entitlement(&azat).await.json();
    assert_eq!(entitlement["subject"], SUBJECT);
    assert_eq!(entitlement["sources"], json!(["s1", "s2"]));
    assert_eq!(entitlement["jti_window"], json!([0, 1]));
    assert_eq!(entitlement["not_before"], 0);
}

#[tokio::test]
async fn a_new_user_may_read_what_is_public() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let azat = fixture.azat(&google, "2").await;
    let entitlement = fixture.entitlement(&azat).await.json();
    assert_eq!(entitlement["subject"], NEW_SUBJECT);
    assert_eq!(entitlement["sources"], json!([]));
}

#[tokio::test]
async fn a_bad_sign_in_is_refused() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    for (name, value) in [
        ("code", "4/other"),
        ("code_verifier", "other"),
        ("redirect_uri", "http://localhost/other"),
    ] {
        let mut body = sign_in_body(&google, USER);
        body[name] = value.into();
        let answer = fixture.post("/user/authorize", &body).await;
        answer.assert_refused(401, "sign_in_refused");
        for text in Google::GRANT_REFUSALS {
            assert!(!answer.body.contains(text));
        }
    }
    let asked = || google.token_requests("authorization_code").len();
    let asked_before = asked();
    let mut unknown = sign_in_body(&google, USER);
    unknown["state"] = "a".into();
    for body in [json!({}), json!({"code": "4/code"}), unknown, json!([1])] {
        let answer = fixture.post("/user/authorize", &body).await;
        answer.assert_refused(400, "request_malformed");
    }
    assert_eq!(asked(), asked_before);
    assert_eq!(
        asked_before, 2,
        "an unknown redirect_uri is not even asked about"
    );
}

#[tokio::test]
async fn an_id_token_must_be_for_us() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let with = |claims: Value| google.set_id_token_claims(claims.as_object().unwrap().clone());
    for claims in [
        json!({"iss": "https://login.example"}),
        json!({"iss": null}),
        json!({"aud": "another.apps.example"}),
        json!({"aud": null}),
        json!({"azp": "another.apps.example"}),
        json!({"exp": 1_700_000_000}),
        json!({"exp": null}),
        json!({"sub": null}),
        json!({"at_hash": "77QmUPtjPfzWtF2AnpK9RQ"}),
    ] {
        with(claims);
        fixture
            .sign_in(&google, USER)
            .await
            .assert_refused(401, "sign_in_refused");
    }
    for claims in [
        json!({"iss": "accounts.google.com"}),
        json!({"at_hash": null, "azp": null}),
        json!({"aud": [google.client_id()]}),
    ] {
        with(claims);
        assert_eq!(fixture.sign_in(&google, USER).await.status, 200);
    }
    with(json!({}));
    google.set_unpublished_key(true).unwrap();
    fixture
        .sign_in(&google, USER)
        .await
        .assert_refused(401, "sign_in_refused");
    let asked = google.requests_at(Google::JWK_SET_PATH).len();
    assert_eq!(asked, 1, "an unknown kid has to wait");
}

#[tokio::test]
async fn a_provider_in_trouble_is_not_a_refusal() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    assert_eq!(fixture.sign_in(&google, USER).await.status, 200);
    let token = google.issue_access_token(USER);
    for trouble in [
        error(500, "server_error"),
        error(503, "invalid_grant"),
        error(429, "rate_limit_exceeded"),
        error(401, "invalid_client"),
        error(400, "unauthorized_client"),
        NOT_JSON,
        TOO_LONG,
        REDIRECT,
        INCOMPLETE,
    ] {
        google.set_fault(trouble);
        let answer = fixture.sign_in(&google, USER).await;
        answer.assert_refused(503, "identity_provider_unavailable");
        assert_eq!(answer.header(header::RETRY_AFTER), "5");
        assert!(!answer.body.contains(ERROR_TEXT));
    }
    google.stop();
    for answer in [
        fixture.sign_in(&google, USER).await,
        fixture.as_user("GET", "/user/token", token.reveal()).await,
    ] {
        answer.assert_refused(503, "identity_provider_unavailable");
        assert!(!answer.body.contains(token.reveal()));
    }
}

#[tokio::test]
async fn azats_are_counted() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let token = fixture.access_token(&google, USER).await;
    let azats = [
        fixture.azat_for(&token).await,
        fixture.azat_for(&token).await,
    ];
    assert_eq!(azats.each_ref().map(|azat| jti(azat)), ["0", "1"]);
    for azat in &azats {
        assert_eq!(fixture.entitlement(azat).await.status, 200);
    }
    let ahead = azat(samples::signing_key(), json!({"jti": "2"}));
    let answer = fixture.entitlement(&ahead).await;
    answer.assert_refused(401, "token_revoked");
    let asked = google.requests_at(Google::TOKENINFO_PATH).len();
    assert_eq!(asked, 1, "remembered for a minute");
}

#[tokio::test]
async fn only_a_users_own_access_token_is_exchanged() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let request = Request::get("/user/token").body(Body::empty()).unwrap();
    fixture
        .answer(request)
        .await
        .assert_refused(401, "token_invalid");
    for token in ["ya29.unknown", "", "a b", "eyJ.not.a.jwt", "eyJh.not.jwt"] {
        let answer = fixture.as_user("GET", "/user/token", token).await;
        answer.assert_refused(401, "token_invalid");
    }
    let expired = azat(samples::signing_key(), json!({"iat": 1, "exp": 2}));
    for azat in [azat(samples::signing_key(), json!({})), expired] {
        let answer = fixture.as_user("GET", "/user/token", &azat).await;
        answer.assert_refused(400, "token_not_exchangeable");
    }
    let ours = google.client_id();
    for (audience, authorized_party) in [("another", ours), (ours, "another")] {
        let token = google.issue_access_token_for(USER, audience, authorized_party);
        let answer = fixture.as_user("GET", "/user/token", token.reveal()).await;
        answer.assert_refused(401, "token_invalid");
    }

    let token = google.issue_access_token(USER);
    let answer = fixture.as_user("GET", "/user/token", token.reveal()).await;
    answer.assert_refused(404, "session_missing");
}

#[tokio::test]
async fn a_revocation_ends_the_session_and_all_azats() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let token = fixture.access_token(&google, USER).await;
    let old = fixture.azat_for(&token).await;
    let uncounted = azat(samples::signing_key(), json!({}));
    assert_eq!(fixture.entitlement(&uncounted).await.status, 200);

    let answer = fixture.as_user("POST", "/user/revoke", &token).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (204, ""));
    for azat in [&old, &uncounted] {
        let answer = fixture.entitlement(azat).await;
        answer.assert_refused(401, "token_revoked");
        let call = Call::new("POST", "/edge/access-token").with_azat(azat);
        let answer = fixture.answer(call.signed()).await;
        answer.assert_refused(401, "token_revoked");
        assert!(
            answer
                .header(header::WWW_AUTHENTICATE)
                .contains("invalid_token")
        );
    }
    let answer = fixture.as_user("GET", "/user/token", &token).await;
    answer.assert_refused(404, "session_missing");

    let new = fixture.azat(&google, USER).await;
    assert_eq!(jti(&new), "1");
    let entitlement = fixture.entitlement(&new).await.json();
    assert_eq!(entitlement["jti_window"], json!([1, 2]));
    assert!(entitlement["not_before"].as_u64().unwrap() > 0);
    fixture
        .entitlement(&old)
        .await
        .assert_refused(401, "token_revoked");
}

#[tokio::test]
async fn tokens_that_were_issued_elsewhere_are_brought_along() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let brought = |access_token: &Token, id_token: &Token| {
        let (access_token, id_token) = (access_token.reveal(), id_token.reveal());
        json!({"access_token": access_token, "id_token": id_token})
    };
    let access_token = google.issue_access_token(USER);
    let id_token = google.issue_id_token(&access_token).unwrap();
    let good = brought(&access_token, &id_token);
    let answer = fixture.post("/user/refresh", &good).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (204, ""));
    let azat = fixture.azat_for(access_token.reveal()).await;
    let call = Call::new("POST", "/edge/access-token").with_azat(&azat);
    let document = fixture.answer(call.signed()).await.json();
    assert_eq!(document["access_token"], access_token.reveal());
    assert_eq!(document["version"], 1);

    let refused = |access_token: &Token, id_token: &Token, reason: &'static str| {
        let body = brought(access_token, id_token);
        let fixture = &fixture;
        async move {
            let answer = fixture.post("/user/refresh", &body).await;
            answer.assert_refused(401, reason);
        }
    };
    let other = google.issue_access_token(USER);
    refused(&other, &id_token, "sign_in_refused").await;
    let (unknown, malformed) = (Token::new("ya29.unknown"), Token::new("a.b.c"));
    refused(&unknown, &id_token, "token_invalid").await;
    refused(&access_token, &malformed, "sign_in_refused").await;
    let with = |name: &str, value: Value| {
        google.set_id_token_claims(Map::from_iter([(name.to_owned(), value)]));
    };
    with("exp", json!(1_700_000_000));
    let expired = google.issue_id_token(&access_token).unwrap();
    refused(&access_token, &expired, "sign_in_refused").await;
    with("sub", json!("2"));
    let anothers = google.issue_id_token(&access_token).unwrap();
    refused(&access_token, &anothers, "sign_in_refused").await;
    let answer = fixture.post("/user/refresh", &json!({})).await;
    answer.assert_refused(400, "request_malformed");
}

#[tokio::test]
async fn the_edge_learns_who_bears_an_access_token() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let ask = |token: &str| {
        let call = Call::new("POST", "/edge/userinfo").with_azat(token);
        fixture.answer(call.signed())
    };
    let token = google.issue_access_token(USER);
    let expected = json!({
        "issuer": "https://accounts.google.com", "subject": "105096702580025601450",
        "email": format!("{USER}@users.example"),
    });
    assert_eq!(ask(token.reveal()).await.json(), expected);
    ask("ya29.unknown")
        .await
        .assert_refused(401, "token_invalid");
    let anothers = google.issue_access_token_for(USER, "another.apps.example", google.client_id());
    ask(anothers.reveal())
        .await
        .assert_refused(401, "token_invalid");
    let answer = fixture
        .as_user("POST", "/edge/userinfo", token.reveal())
        .await;
    answer.assert_refused(403, "edge_signature_invalid");
}

#[tokio::test]
async fn without_a_provider_nobody_signs_in() {
    let fixture = Fixture::new();
    let body = json!({"code": "4/code", "code_verifier": "", "redirect_uri": ""});
    let answer = fixture.post("/user/authorize", &body).await;
    answer.assert_refused(404, "sign_in_disabled");
    let answer = fixture.as_user("GET", "/user/token", "ya29.a").await;
    answer.assert_refused(404, "sign_in_disabled");
    let call = Call::new("POST", "/edge/access-token");
    let answer = fixture.answer(call.signed()).await;
    answer.assert_refused(404, "session_missing");
}

#[tokio::test]
async fn strangers_sign_in_so_often_and_no_more() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let sign_in = async |path: &str, forwarded: &str, body: Value| {
        let request = Request::post(path)
            .header("content-type", "application/json")
            .header("forwarded", forwarded)
            .body(Body::from(body.to_string()))
            .unwrap();
        fixture.answer(request).await
    };
    let client = "for=\"[2001:db8::1]\"";
    for _ in 0..30 {
        let answer = sign_in("/user/authorize", client, json!({})).await;
        answer.assert_refused(400, "request_malformed");
    }
    // Another address of the same network, and another way to sign in.
    for (path, client) in [
        ("/user/authorize", "for=\"[2001:db8::2]\""),
        ("/user/refresh", client),
    ] {
        let answer = sign_in(path, client, sign_in_body(&google, USER)).await;
        answer.assert_refused(429, "too_many_requests");
        let wait: u64 = answer.header(header::RETRY_AFTER).parse().unwrap();
        assert!((1..=2).contains(&wait), "{wait}");
    }
    assert_eq!(google.token_requests("authorization_code").len(), 0);
    let body = sign_in_body(&google, USER);
    let answer = sign_in("/user/authorize", "for=192.0.2.1", body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[tokio::test]
async fn a_user_has_so_many_tokens_minted_and_no_more() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let [token, other] = [USER, "2"].map(|user| fixture.access_token(&google, user));
    let (token, other) = (token.await, other.await);
    let mut minted = 0;
    let refused = loop {
        let answer = fixture.as_user("GET", "/user/token", &token).await;
        match answer.status.as_u16() {
            200 => minted += 1,
            _ => break answer,
        }
        assert!(minted < 1_000);
    };
    refused.assert_refused(429, "too_many_requests");
    assert!(minted >= 30, "{minted}");
    let answer = fixture.as_user("GET", "/user/token", &other).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}
