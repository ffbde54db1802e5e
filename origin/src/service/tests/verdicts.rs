//! What the provider's answers come to: what is final is a refusal, and what is broken may pass.

use azat_testbed::{Fault, Google};
use serde_json::{Value, json};

use super::google::USER;
use super::{Answer, Call, Fixture};

const REFUSED: (u16, &str) = (401, "token_invalid");
const SIGN_IN_REFUSED: (u16, &str) = (401, "sign_in_refused");
const UNAVAILABLE: (u16, &str) = (503, "identity_provider_unavailable");

/// 200 with that body.
fn says(body: &Value) -> Fault {
    Fault::Answer {
        status: 200,
        // A fault lives as long as the test program.
        body: body.to_string().leak(),
    }
}

/// `good` with `changes` made: `null` removes a member.
fn changed(good: &Value, changes: &Value) -> Value {
    let mut changed = good.clone();
    let members = changed.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
    changed
}

fn assert_verdict(answer: &Answer, (status, reason): (u16, &str), changes: &Value) {
    assert_eq!(answer.status, status, "{changes}: {}", answer.body);
    answer.assert_refused(status, reason);
}

#[tokio::test]
async fn what_tokeninfo_says() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let ours = google.client_id();
    let good = json!({"aud": ours, "azp": ours, "sub": USER, "expires_in": "3599"});
    let token = google.issue_access_token(USER);
    for (changes, verdict) in [
        (json!({"sub": null}), REFUSED),
        (json!({"sub": ""}), REFUSED),
        (json!({"expires_in": "0"}), REFUSED),
        (json!({"expires_in": -1}), REFUSED),
        (json!({"error": "invalid_token", "aud": null}), REFUSED),
        (json!({"aud": "another", "sub": null}), REFUSED),
        (json!({"sub": 1}), UNAVAILABLE),
        (json!({"aud": null}), UNAVAILABLE),
        (json!({"expires_in": null}), UNAVAILABLE),
        (json!({"expires_in": "an hour"}), UNAVAILABLE),
        (json!({"error": "server_error", "aud": null}), UNAVAILABLE),
    ] {
        google.set_fault_at(Google::TOKENINFO_PATH, says(&changed(&good, &changes)));
        let answer = fixture.as_user("GET", "/user/token", token.reveal()).await;
        assert_verdict(&answer, verdict, &changes);
    }
    for (number, expires_in) in [json!(3_599), json!("3599")].into_iter().enumerate() {
        let answer = changed(&good, &json!({"expires_in": expires_in}));
        google.set_fault_at(Google::TOKENINFO_PATH, says(&answer));
        let target = "/user/token";
        let answer = (fixture.as_user("GET", target, &format!("ya29.{number}"))).await;
        answer.assert_refused(404, "session_missing");
    }
}

#[tokio::test]
async fn what_userinfo_says() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let token = google.issue_access_token(USER);
    let good = json!({"sub": USER, "email": "a@users.example"});
    let ask = || {
        let call = Call::new("POST", "/edge/userinfo").with_azat(token.reveal());
        fixture.answer(call.signed())
    };
    for (changes, verdict) in [
        (json!({"sub": null}), REFUSED),
        (json!({"sub": ""}), REFUSED),
        (json!({"error": "invalid_token", "sub": null}), REFUSED),
        (json!({"error": "server_error", "sub": null}), UNAVAILABLE),
        (json!({"sub": "another"}), UNAVAILABLE),
        (json!({"email": 1}), UNAVAILABLE),
    ] {
        google.set_fault_at(Google::USERINFO_PATH, says(&changed(&good, &changes)));
        assert_verdict(&ask().await, verdict, &changes);
    }
    let without_address = changed(&good, &json!({"email": null}));
    google.set_fault_at(Google::USERINFO_PATH, says(&without_address));
    assert_eq!(ask().await.json()["email"], Value::Null);
}

#[tokio::test]
async fn what_the_token_endpoint_says_of_a_code() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let access_token = google.issue_access_token(USER);
    let id_token = google.issue_id_token(&access_token).unwrap();
    let good = json!({
        "access_token": access_token.reveal(), "id_token": id_token.reveal(),
        "expires_in": 3_599, "token_type": "Bearer", "scope": "openid",
    });
    for (changes, verdict) in [
        (json!({"id_token": null}), SIGN_IN_REFUSED),
        (json!({"error": "invalid_grant"}), SIGN_IN_REFUSED),
        (json!({"error": "slow_down"}), UNAVAILABLE),
        (json!({"access_token": null}), UNAVAILABLE),
        (json!({"access_token": "a b"}), UNAVAILABLE),
        (json!({"token_type": null}), UNAVAILABLE),
        (json!({"token_type": "DPoP"}), UNAVAILABLE),
        (json!({"expires_in": null}), UNAVAILABLE),
        (json!({"expires_in": "an hour"}), UNAVAILABLE),
    ] {
        google.set_fault_at(Google::TOKEN_PATH, says(&changed(&good, &changes)));
        assert_verdict(&fixture.sign_in(&google, USER).await, verdict, &changes);
    }
    for changes in [
        json!({}),
        json!({"expires_in": "3599"}),
        json!({"scope": null, "token_type": "bearer"}),
    ] {
        google.set_fault_at(Google::TOKEN_PATH, says(&changed(&good, &changes)));
        let answer = fixture.sign_in(&google, USER).await;
        assert_eq!(answer.status, 200, "{changes}: {}", answer.body);
        assert_eq!(answer.json()["expires_in"], 3_599);
    }
    let mut with_nulls = good;
    for name in ["scope", "refresh_token"] {
        with_nulls[name] = Value::Null;
    }
    google.set_fault_at(Google::TOKEN_PATH, says(&with_nulls));
    assert_eq!(fixture.sign_in(&google, USER).await.status, 200);
}

#[tokio::test]
async fn an_id_token_that_names_nobody_signs_nobody_in() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    let claims = json!({"sub": ""});
    google.set_id_token_claims(claims.as_object().unwrap().clone());
    let answer = fixture.sign_in(&google, USER).await;
    assert_verdict(&answer, SIGN_IN_REFUSED, &claims);
}

#[tokio::test]
async fn what_the_token_endpoint_says_of_a_refresh_token() {
    let google = Google::start().unwrap();
    let good = json!({"access_token": "ya29.new", "expires_in": 3_599, "token_type": "Bearer"});
    let after = |changes: Value| {
        let fixture = Fixture::with_session(&google, 0);
        google.set_fault_at(Google::TOKEN_PATH, says(&changed(&good, &changes)));
        fixture
    };
    // An ID token is not needed here, and a refresh token that is empty takes no other's place.
    for changes in [
        json!({}),
        json!({"expires_in": "3599", "refresh_token": ""}),
    ] {
        let fixture = after(changes);
        assert_eq!(fixture.edge_access_token().await.status, 200);
        assert!(!fixture.refresh_token().is_empty());
    }
    let fixture = after(json!({"error": "invalid_grant"}));
    let answer = fixture.edge_access_token().await;
    answer.assert_refused(410, "session_revoked");
    for changes in [json!({"expires_in": "soon"}), json!({"error": "slow_down"})] {
        let answer = after(changes.clone()).edge_access_token().await;
        assert_verdict(&answer, UNAVAILABLE, &changes);
    }
}
