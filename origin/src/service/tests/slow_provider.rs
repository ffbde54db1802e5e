//! A provider that is slow, or that gives no keys: who waits for it, and how long.
//!
//! The provider has threads of its own, and real time. The service's clock is stopped while it
//! waits: it goes on when a test advances it, or by itself to the next time-out when everybody
//! sleeps.

use std::sync::Arc;
use std::time::Duration;

use azat_testbed::{Fault, Google, Token};
use serde_json::{Value, json};
use tokio::task::{JoinHandle, spawn};
use tokio::time::{Instant, advance, pause, resume};

use super::google::{NOT_JSON, USER, error, sign_in_body};
use super::refreshes::subject;
use super::{Answer, Call, Fixture};
use crate::identity_provider::Deadline;
use crate::samples::until;

/// What takes a stall's place, so that what stalled is answered.
const SERVES: Fault = Fault::Delay(Duration::ZERO);
const NO_KEY: Fault = Fault::Answer {
    status: 200,
    body: r#"{"keys":[]}"#,
};
const OTHER_KEY: Fault = Fault::Answer {
    status: 200,
    body: r#"{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"other"}]}"#,
};
/// Two such answers are more than an act may take.
const ALMOST_TOO_LONG: Duration = Duration::from_millis(3_600);
const HOUR: Duration = Duration::from_secs(3_600);
/// Longer than an unknown key, or a failure, keeps keys from being fetched.
const MOMENT: Duration = Duration::from_secs(31);

/// Lets that much time pass for a service that does nothing.
async fn pass(time: Duration) {
    pause();
    advance(time).await;
    resume();
}

/// Asserts that an act which began then is over in time. A timer may be some milliseconds late.
fn assert_in_time(begin: Instant) {
    let took = begin.elapsed();
    assert!(
        took <= Deadline::BUDGET + Duration::from_millis(10),
        "{took:?}"
    );
}

/// What a call comes to that needs no more time.
async fn ended(call: JoinHandle<Answer>) -> Answer {
    until("the call ends", || call.is_finished()).await;
    call.await.unwrap()
}

async fn until_asked(google: &Google, path: &str, times: usize) {
    let what = format!("{path} is asked {times} times");
    until(&what, || google.requests_at(path).len() >= times).await;
}

fn keys_asked(google: &Google) -> usize {
    google.requests_at(Google::JWK_SET_PATH).len()
}

/// Tokens that a user got elsewhere, as `/user/refresh` takes them.
fn brought(google: &Google) -> Value {
    let access_token = google.issue_access_token(USER);
    let id_token = google.issue_id_token(&access_token).unwrap();
    json!({"access_token": access_token.reveal(), "id_token": id_token.reveal()})
}

fn post(fixture: &Arc<Fixture>, path: &'static str, body: Value) -> JoinHandle<Answer> {
    let fixture = Arc::clone(fixture);
    spawn(async move { fixture.post(path, &body).await })
}

fn get_token(fixture: &Arc<Fixture>, token: &Token) -> JoinHandle<Answer> {
    let (fixture, token) = (Arc::clone(fixture), token.reveal().to_owned());
    spawn(async move { fixture.as_user("GET", "/user/token", &token).await })
}

#[tokio::test]
async fn six_sign_ins_wait_for_the_same_keys() {
    let google = Google::start().unwrap();
    let fixture = Arc::new(Fixture::of(&google));
    google.set_fault_at(Google::JWK_SET_PATH, Fault::Stall);
    pause();
    let begin = Instant::now();
    let sign_ins: Vec<_> = (0..6)
        .map(|_| post(&fixture, "/user/authorize", sign_in_body(&google, USER)))
        .collect();
    until_asked(&google, Google::JWK_SET_PATH, 1).await;
    for sign_in in sign_ins {
        let answer = sign_in.await.unwrap();
        answer.assert_refused(503, "identity_provider_unavailable");
    }
    assert_in_time(begin);
    assert_eq!(keys_asked(&google), 1);
    assert_eq!(google.token_requests("authorization_code").len(), 0);
}

#[tokio::test]
async fn old_keys_are_good_enough_for_a_day() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    fixture.access_token(&google, USER).await;
    pass(2 * HOUR).await;
    google.set_fault_at(Google::JWK_SET_PATH, Fault::Stall);
    fixture.access_token(&google, USER).await;
    until_asked(&google, Google::JWK_SET_PATH, 2).await;
    fixture.access_token(&google, USER).await;
    assert_eq!(keys_asked(&google), 2, "one is under way");
    for trouble in [error(500, ""), NOT_JSON, NO_KEY] {
        google.set_fault_at(Google::JWK_SET_PATH, trouble);
        let asked = keys_asked(&google);
        // A fetch that is still under way when time passes is one that failed, and causes a pause.
        let mut tries = 0;
        while keys_asked(&google) == asked {
            tries += 1;
            assert!(tries < 10, "trouble keeps the keys from being fetched");
            pass(MOMENT).await;
            fixture.access_token(&google, USER).await;
        }
    }
    pass(22 * HOUR).await;
    let answer = fixture.sign_in(&google, USER).await;
    answer.assert_refused(503, "identity_provider_unavailable");

    let asked = keys_asked(&google);
    google.clear_fault();
    let answer = fixture.sign_in(&google, USER).await;
    answer.assert_refused(503, "identity_provider_unavailable");
    assert_eq!(keys_asked(&google), asked, "it failed a moment ago");
    pass(MOMENT).await;
    fixture.access_token(&google, USER).await;
}

#[tokio::test]
async fn who_has_the_key_does_not_wait_for_others() {
    let google = Google::start().unwrap();
    let fixture = Arc::new(Fixture::of(&google));
    fixture.access_token(&google, USER).await;
    let good = brought(&google);
    pass(MOMENT).await;
    google.set_unpublished_key(true).unwrap();
    pause();
    google.set_fault_at(Google::JWK_SET_PATH, Fault::Stall);
    let unknown = [(); 3].map(|()| post(&fixture, "/user/refresh", brought(&google)));
    until_asked(&google, Google::JWK_SET_PATH, 2).await;
    let known = post(&fixture, "/user/refresh", good);
    assert_eq!(ended(known).await.status, 204);
    assert!(unknown.iter().all(|unknown| !unknown.is_finished()));
    google.clear_fault();
    for unknown in unknown {
        let answer = ended(unknown).await;
        answer.assert_refused(401, "sign_in_refused");
    }
    assert_eq!(keys_asked(&google), 2);
}

#[tokio::test]
async fn who_hangs_up_leaves_the_keys_to_the_next() {
    let google = Google::start().unwrap();
    let fixture = Arc::new(Fixture::of(&google));
    pause();
    google.set_fault_at(Google::JWK_SET_PATH, Fault::Stall);
    let call = post(&fixture, "/user/refresh", brought(&google));
    until_asked(&google, Google::JWK_SET_PATH, 1).await;
    call.abort();
    assert!(call.await.is_err());
    google.clear_fault();
    let next = post(&fixture, "/user/refresh", brought(&google));
    assert_eq!(ended(next).await.status, 204);
    assert_eq!(keys_asked(&google), 1);
}

/// Asserts that an act which asks tokeninfo first, and then `second`, is over in time although both
/// are slow.
async fn assert_slow_answers_share(
    google: &Google,
    second: &str,
    act: impl FnOnce() -> JoinHandle<Answer>,
) {
    google.forget_requests();
    google.set_fault_at(Google::TOKENINFO_PATH, Fault::Stall);
    google.set_fault_at(second, Fault::Stall);
    pause();
    let begin = Instant::now();
    let call = act();
    until_asked(google, Google::TOKENINFO_PATH, 1).await;
    advance(ALMOST_TOO_LONG).await;
    google.set_fault_at(Google::TOKENINFO_PATH, SERVES);
    until_asked(google, second, 1).await;
    let answer = call.await.unwrap();
    answer.assert_refused(503, "identity_provider_unavailable");
    assert_in_time(begin);
    resume();
}

#[tokio::test]
async fn two_slow_answers_take_no_longer_than_one_act() {
    let google = Google::start().unwrap();
    let fixture = Arc::new(Fixture::of(&google));
    assert_slow_answers_share(&google, Google::USERINFO_PATH, || {
        let token = google.issue_access_token(USER);
        let call = Call::new("POST", "/edge/userinfo").with_azat(token.reveal());
        let fixture = Arc::clone(&fixture);
        spawn(async move { fixture.answer(call.signed()).await })
    })
    .await;
    assert_slow_answers_share(&google, Google::JWK_SET_PATH, || {
        post(&fixture, "/user/refresh", brought(&google))
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_that_is_too_late_for_its_caller_is_kept() {
    let google = Google::start().unwrap();
    let fixture = Arc::new(Fixture::of(&google));
    google.set_fault_at(Google::JWK_SET_PATH, OTHER_KEY);
    let answer = fixture.sign_in(&google, USER).await;
    answer.assert_refused(401, "sign_in_refused");
    pass(MOMENT).await;

    google.set_fault(Fault::Stall);
    google.set_fault_at(Google::JWK_SET_PATH, Fault::Stall);
    pause();
    let begin = Instant::now();
    let sign_in = post(&fixture, "/user/authorize", sign_in_body(&google, USER));
    until_asked(&google, Google::TOKEN_PATH, 2).await;
    advance(ALMOST_TOO_LONG).await;
    google.set_fault_at(Google::TOKEN_PATH, SERVES);
    until_asked(&google, Google::JWK_SET_PATH, 2).await;
    let answer = sign_in.await.unwrap();
    answer.assert_refused(503, "identity_provider_unavailable");
    assert_in_time(begin);

    google.clear_fault();
    let store = &fixture.origin.store;
    until("the session is there", || {
        store.session(&subject()).unwrap().is_some()
    })
    .await;
}

#[tokio::test]
async fn a_token_is_asked_about_once_for_all_who_bring_it() {
    let google = Google::start().unwrap();
    let fixture = Arc::new(Fixture::of(&google));
    let token = google.issue_access_token(USER);
    google.set_fault_at(Google::TOKENINFO_PATH, Fault::Stall);
    pause();
    let calls = [(); 20].map(|()| get_token(&fixture, &token));
    until_asked(&google, Google::TOKENINFO_PATH, 1).await;
    google.clear_fault();
    for call in calls {
        let answer = ended(call).await;
        answer.assert_refused(404, "session_missing");
    }
    assert_eq!(google.requests_at(Google::TOKENINFO_PATH).len(), 1);
}

#[tokio::test]
async fn strangers_with_tokens_that_are_none_fill_their_own_lane() {
    const WIDTH: usize = 64;
    let google = Google::start().unwrap();
    let fixture = Arc::new(Fixture::with_session(&google, 0));
    google.set_fault_at(Google::TOKENINFO_PATH, Fault::Stall);
    let stranger = |number| get_token(&fixture, &Token::new(format!("ya29.{number}")));
    pause();
    let strangers: Vec<_> = (0..WIDTH).map(stranger).collect();
    until_asked(&google, Google::TOKENINFO_PATH, WIDTH).await;
    let answer = stranger(WIDTH).await.unwrap();
    answer.assert_refused(503, "identity_provider_unavailable");
    assert_eq!(answer.header(axum::http::header::RETRY_AFTER), "5");
    assert_eq!(google.requests_at(Google::TOKENINFO_PATH).len(), WIDTH);

    let others = Arc::clone(&fixture);
    let refresh = spawn(async move { others.edge_access_token().await });
    assert_eq!(ended(refresh).await.status, 200);
    let sign_in = post(&fixture, "/user/authorize", sign_in_body(&google, USER));
    assert_eq!(ended(sign_in).await.status, 200);
    google.clear_fault();
    for stranger in strangers {
        let answer = ended(stranger).await;
        answer.assert_refused(401, "token_invalid");
    }
}
