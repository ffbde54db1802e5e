//! Signing in and out, tokens, and who bears one.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};

use super::fake_provider::{
    CLIENT_ID, CLIENT_SECRET, CODE, ERROR_TEXT, FakeProvider, REDIRECT_URI, Trouble, VERIFIER,
};
use super::{Answer, Call, Fixture, azat};
use crate::samples::{self, SUBJECT};

const NEW_SUBJECT: &str = "https://accounts.google.com#2";

impl Fixture {
    /// A service whose users sign in with that provider.
    pub(super) fn of(provider: &FakeProvider) -> Self {
        Self::with(|origin| origin.with_identity_provider(provider.client()))
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Answer {
        let request = Request::post(path)
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        self.answer(request).await
    }

    pub(super) async fn sign_in(&self) -> Answer {
        self.post("/user/authorize", &sign_in_body()).await
    }

    /// Signs the provider's present user in, and gives the access token.
    pub(super) async fn access_token(&self) -> String {
        let answer = self.sign_in().await;
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

    /// Signs in, and gives an AZAT.
    pub(super) async fn azat(&self) -> String {
        let token = self.access_token().await;
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

fn sign_in_body() -> Value {
    json!({"code": CODE, "code_verifier": VERIFIER, "redirect_uri": REDIRECT_URI})
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
    let provider = FakeProvider::start().await;
    let fixture = Fixture::of(&provider);
    let answer = fixture.sign_in().await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    let id_token = answer.json()["id_token"].clone();
    assert!(id_token.is_string());
    let expected = json!({
        "access_token": "ya29.mock_access_token-0", "expires_in": 3_600,
        "scope": "openid email", "token_type": "Bearer", "id_token": id_token,
    });
    assert_eq!(answer.json(), expected);
    let form = provider.world().last_form.clone();
    assert_eq!(form["client_secret"], CLIENT_SECRET);
    assert_eq!((form["code"].as_str(), form.len()), (CODE, 6));

    let azat = fixture.azat_for("ya29.mock_access_token-0").await;
    let entitlement = fixture.entitlement(&azat).await.json();
    assert_eq!(entitlement["subject"], SUBJECT);
    assert_eq!(entitlement["sources"], json!(["s1", "s2"]));
    assert_eq!(entitlement["jti_window"], json!([0, 1]));
    assert_eq!(entitlement["not_before"], 0);
}

#[tokio::test]
async fn a_new_user_may_read_what_is_public() {
    let provider = FakeProvider::start().await;
    provider.world().user = "2".into();
    let fixture = Fixture::of(&provider);
    let entitlement = fixture.entitlement(&fixture.azat().await).await.json();
    assert_eq!(entitlement["subject"], NEW_SUBJECT);
    assert_eq!(entitlement["sources"], json!([]));
}

#[tokio::test]
async fn a_bad_sign_in_is_refused() {
    let provider = FakeProvider::start().await;
    let fixture = Fixture::of(&provider);
    for (name, value) in [
        ("code", "4/other"),
        ("code_verifier", "other"),
        ("redirect_uri", "http://localhost/other"),
    ] {
        let mut body = sign_in_body();
        body[name] = value.into();
        let answer = fixture.post("/user/authorize", &body).await;
        answer.assert_refused(401, "sign_in_refused");
        assert!(!answer.body.contains(ERROR_TEXT));
    }
    let asked = provider.asked("authorization_code");
    let long = json!({"code": "a".repeat(40_000), "code_verifier": "", "redirect_uri": ""});
    let mut unknown = sign_in_body();
    unknown["state"] = "a".into();
    for body in [json!({}), json!({"code": CODE}), unknown, long, json!([1])] {
        let answer = fixture.post("/user/authorize", &body).await;
        answer.assert_refused(400, "request_malformed");
    }
    assert_eq!(provider.asked("authorization_code"), asked);
    assert_eq!(asked, 2, "an unknown redirect_uri is not even asked about");
}

#[tokio::test]
async fn an_id_token_must_be_for_us() {
    let provider = FakeProvider::start().await;
    let fixture = Fixture::of(&provider);
    let with = |claims: Value| provider.world().id_claims = claims;
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
            .sign_in()
            .await
            .assert_refused(401, "sign_in_refused");
    }
    for claims in [
        json!({"iss": "accounts.google.com"}),
        json!({"at_hash": null, "azp": null}),
        json!({"aud": ["azat.apps.example"]}),
    ] {
        with(claims);
        assert_eq!(fixture.sign_in().await.status, 200);
    }
    with(json!({}));
    provider.world().id_key = samples::signing_key();
    fixture
        .sign_in()
        .await
        .assert_refused(401, "sign_in_refused");
    assert_eq!(provider.asked("certs"), 1, "an unknown kid has to wait");
}

#[tokio::test]
async fn a_provider_in_trouble_is_not_a_refusal() {
    let mut provider = FakeProvider::start().await;
    let fixture = Fixture::of(&provider);
    assert_eq!(fixture.sign_in().await.status, 200);
    let token = provider.issue();
    for trouble in [
        Trouble::Status(500, "server_error"),
        Trouble::Status(503, "invalid_grant"),
        Trouble::Status(429, "rate_limit_exceeded"),
        Trouble::Status(401, "invalid_client"),
        Trouble::Status(400, "unauthorized_client"),
        Trouble::NotJson,
        Trouble::TooLong,
        Trouble::Redirect,
        Trouble::Incomplete,
    ] {
        provider.world().trouble = trouble;
        let answer = fixture.sign_in().await;
        answer.assert_refused(503, "identity_provider_unavailable");
        assert_eq!(answer.header(header::RETRY_AFTER), "5");
        assert!(!answer.body.contains(ERROR_TEXT));
    }
    provider.stop().await;
    for answer in [
        fixture.sign_in().await,
        fixture.as_user("GET", "/user/token", &token).await,
    ] {
        answer.assert_refused(503, "identity_provider_unavailable");
        assert!(!answer.body.contains(&token));
    }
}

#[tokio::test]
async fn azats_are_counted() {
    let provider = FakeProvider::start().await;
    let fixture = Fixture::of(&provider);
    let token = fixture.access_token().await;
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
    assert_eq!(provider.asked("tokeninfo"), 1, "remembered for a minute");
}

#[tokio::test]
async fn only_a_users_own_access_token_is_exchanged() {
    let provider = FakeProvider::start().await;
    let fixture = Fixture::of(&provider);
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
    for (audience, authorized_party) in [("another", CLIENT_ID), (CLIENT_ID, "another")] {
        provider.world().audience = audience.into();
        provider.world().authorized_party = authorized_party.into();
        let token = provider.issue();
        let answer = fixture.as_user("GET", "/user/token", &token).await;
        answer.assert_refused(401, "token_invalid");
    }

    provider.world().authorized_party = CLIENT_ID.into();
    let answer = fixture
        .as_user("GET", "/user/token", &provider.issue())
        .await;
    answer.assert_refused(404, "session_missing");
}

#[tokio::test]
async fn a_revocation_ends_the_session_and_all_azats() {
    let provider = FakeProvider::start().await;
    let fixture = Fixture::of(&provider);
    let token = fixture.access_token().await;
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

    let new = fixture.azat().await;
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
    let provider = FakeProvider::start().await;
    let fixture = Fixture::of(&provider);
    let brought = |access_token: &str, id_token: &str| json!({"access_token": access_token, "id_token": id_token});
    let access_token = provider.issue();
    let id_token = provider.id_token(&access_token);
    let good = brought(&access_token, &id_token);
    let answer = fixture.post("/user/refresh", &good).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (204, ""));
    let azat = fixture.azat_for(&access_token).await;
    let call = Call::new("POST", "/edge/access-token").with_azat(&azat);
    let document = fixture.answer(call.signed()).await.json();
    assert_eq!(document["access_token"], access_token.as_str());
    assert_eq!(document["version"], 1);

    let refused = |access_token: &str, id_token: &str, reason: &'static str| {
        let body = brought(access_token, id_token);
        let fixture = &fixture;
        async move {
            let answer = fixture.post("/user/refresh", &body).await;
            answer.assert_refused(401, reason);
        }
    };
    let other = provider.issue();
    refused(&other, &id_token, "sign_in_refused").await;
    refused("ya29.unknown", &id_token, "token_invalid").await;
    refused(&access_token, "a.b.c", "sign_in_refused").await;
    provider.world().id_claims = json!({"exp": 1_700_000_000});
    let expired = provider.id_token(&access_token);
    refused(&access_token, &expired, "sign_in_refused").await;
    provider.world().id_claims = json!({"sub": "2"});
    let anothers = provider.id_token(&access_token);
    refused(&access_token, &anothers, "sign_in_refused").await;
    let answer = fixture.post("/user/refresh", &json!({})).await;
    answer.assert_refused(400, "request_malformed");
}

#[tokio::test]
async fn the_edge_learns_who_bears_an_access_token() {
    let provider = FakeProvider::start().await;
    let fixture = Fixture::of(&provider);
    let ask = |token: &str| {
        let call = Call::new("POST", "/edge/userinfo").with_azat(token);
        fixture.answer(call.signed())
    };
    let token = provider.issue();
    let expected = json!({
        "issuer": "https://accounts.google.com", "subject": "105096702580025601450",
        "email": "user@example.org",
    });
    assert_eq!(ask(&token).await.json(), expected);
    ask("ya29.unknown")
        .await
        .assert_refused(401, "token_invalid");
    provider.world().audience = "another.apps.example".into();
    ask(&provider.issue())
        .await
        .assert_refused(401, "token_invalid");
    let answer = fixture.as_user("POST", "/edge/userinfo", &token).await;
    answer.assert_refused(403, "edge_signature_invalid");
}

#[tokio::test]
async fn without_a_provider_nobody_signs_in() {
    let fixture = Fixture::new();
    fixture
        .sign_in()
        .await
        .assert_refused(404, "sign_in_disabled");
    let answer = fixture.as_user("GET", "/user/token", "ya29.a").await;
    answer.assert_refused(404, "sign_in_disabled");
    let call = Call::new("POST", "/edge/access-token");
    let answer = fixture.answer(call.signed()).await;
    answer.assert_refused(404, "session_missing");
}
