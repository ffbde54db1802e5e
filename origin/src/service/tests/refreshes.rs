//! Access tokens for the edge, and how they are renewed.

use std::fs;
use std::sync::Arc;

use azat_edge::time::UnixTime;
use azat_testbed::{Fault, Google};
use serde_json::{Value, json};

use super::google::{
    INCOMPLETE, NOT_JSON, REDIRECT, USER, access_tokens, client, error, refreshes_asked,
    until_a_refresh_is_asked,
};
use super::{Answer, Call, Fixture, origin};
use crate::samples::{BASE_URL, SUBJECT, until};
use crate::secret::Secret;
use crate::session::{SessionState, Tokens};
use crate::store::Store;
use crate::subject::Subject;

impl Fixture {
    pub(super) async fn edge_access_token(&self) -> Answer {
        let call = Call::new("POST", "/edge/access-token");
        self.answer(call.signed()).await
    }

    async fn edge_refresh(&self, version: u64) -> Answer {
        let call = Call::new("POST", format!("/edge/refresh?version={version}"));
        self.answer(call.signed()).await
    }

    /// The refresh token of the live session.
    pub(super) fn refresh_token(&self) -> String {
        let session = self.origin.store.session(&subject()).unwrap().unwrap();
        let SessionState::Live(tokens) = session.state else {
            panic!("expected a live session");
        };
        tokens.refresh_token.unwrap().reveal().to_owned()
    }

    /// A service with a session whose access token has that many seconds left of an hour; with 0,
    /// it has ended.
    pub(super) fn with_session(google: &Google, seconds_left: u64) -> Self {
        Self::with(|origin| {
            let now = UnixTime::now();
            let refresh_token = google.issue_refresh_token(USER);
            let tokens = Tokens {
                access_token: "ya29.first".to_owned().try_into().unwrap(),
                obtained: UnixTime::from_seconds(now.seconds() - 3_600 + seconds_left),
                expires: now.plus(seconds_left),
                refresh_token: Some(Secret::new(refresh_token.reveal())),
                refused: None,
            };
            origin.store.sign_in(&subject(), tokens).unwrap();
            origin.with_identity_provider(client(google))
        })
    }
}

pub(super) fn subject() -> Subject {
    SUBJECT.parse().unwrap()
}

/// Version and access token of an answer.
fn issued(answer: &Answer) -> (u64, String) {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let document: Value = answer.json();
    let token = document["access_token"].as_str().unwrap();
    (document["version"].as_u64().unwrap(), token.to_owned())
}

#[tokio::test]
async fn a_good_token_is_given_as_it_is() {
    let google = Google::start().unwrap();
    let fixture = Fixture::of(&google);
    fixture
        .edge_access_token()
        .await
        .assert_refused(404, "session_missing");
    let token = fixture.access_token(&google, USER).await;
    let answer = fixture.edge_access_token().await;
    let document = answer.json();
    let expires_at = document["expires_at"].as_u64().unwrap();
    assert!((UnixTime::now().seconds() + 3_600).abs_diff(expires_at) <= 30);
    let expected = json!({
        "issuer": BASE_URL,
        "subject": SUBJECT,
        "access_token": token,
        "use_until": expires_at - 60,
        "expires_at": expires_at,
        "version": 1,
    });
    assert_eq!(document, expected);
    assert_eq!(refreshes_asked(&google), 0);
}

#[tokio::test]
async fn a_token_is_renewed_ahead_of_its_end() {
    for rotates in [false, true] {
        let google = Google::start().unwrap();
        google.set_rotation(rotates);
        let fixture = Fixture::with_session(&google, 60);
        google.set_access_token_lifetime(0);
        let renewed = [
            issued(&fixture.edge_access_token().await),
            issued(&fixture.edge_access_token().await),
        ];
        let [first, second] = access_tokens(&google).try_into().unwrap();
        assert_eq!(renewed, [(2, first), (3, second)]);
        assert_eq!(refreshes_asked(&google), 2);
    }
}

#[tokio::test]
async fn fifty_who_need_a_token_cause_one_refresh() {
    let google = Google::start().unwrap();
    let fixture = Arc::new(Fixture::with_session(&google, 0));
    google.set_fault_at(Google::TOKEN_PATH, Fault::Stall);
    let calls: Vec<_> = (0..50)
        .map(|number| {
            let fixture = fixture.clone();
            tokio::spawn(async move {
                match number % 2 {
                    0 => issued(&fixture.edge_access_token().await),
                    _ => issued(&fixture.edge_refresh(1).await),
                }
            })
        })
        .collect();
    until_a_refresh_is_asked(&google).await;
    google.clear_fault();
    let mut given = Vec::new();
    for call in calls {
        given.push(call.await.unwrap());
    }
    let [token] = access_tokens(&google).try_into().unwrap();
    assert_eq!(given, vec![(2, token); 50]);
    assert_eq!(refreshes_asked(&google), 1);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_a_minute() {
    let google = Google::start().unwrap();
    let fixture = Fixture::with_session(&google, 3_600);
    assert_eq!(issued(&fixture.edge_refresh(1).await).0, 2);
    for failed in [1, 2, 2, 9] {
        assert_eq!(issued(&fixture.edge_refresh(failed).await).0, 2);
    }
    assert_eq!(refreshes_asked(&google), 1);
    for target in ["/edge/refresh", "/edge/refresh?version=a"] {
        let answer = fixture.answer(Call::new("POST", target).signed()).await;
        answer.assert_refused(400, "request_malformed");
    }
}

#[tokio::test]
async fn a_session_that_the_provider_ends_needs_its_user() {
    let google = Google::start().unwrap();
    let fixture = Fixture::with_session(&google, 0);
    google.revoke_refresh_tokens(USER);
    for _ in 0..2 {
        let answer = fixture.edge_access_token().await;
        answer.assert_refused(410, "session_revoked");
        let detail = "The identity provider has ended the session: sign in again.";
        assert_eq!(answer.json()["detail"], detail);
        fixture
            .edge_refresh(1)
            .await
            .assert_refused(410, "session_revoked");
    }
    assert_eq!(refreshes_asked(&google), 1, "remembered");
    let live = google.issue_access_token(USER);
    let answer = fixture.as_user("GET", "/user/token", live.reveal()).await;
    answer.assert_refused(410, "session_revoked");
    let token = fixture.access_token(&google, USER).await;
    let (version, access_token) = issued(&fixture.edge_access_token().await);
    assert!(version > 1);
    assert_eq!(access_token, token);
}

#[tokio::test]
async fn a_provider_in_trouble_loses_nothing() {
    let google = Google::start().unwrap();
    let fixture = Fixture::with_session(&google, 0);
    for trouble in [
        error(500, "invalid_grant"),
        error(429, "invalid_grant"),
        error(401, "invalid_client"),
        NOT_JSON,
        REDIRECT,
        INCOMPLETE,
    ] {
        google.set_fault(trouble);
        let answer = fixture.edge_access_token().await;
        answer.assert_refused(503, "identity_provider_unavailable");
    }
    google.clear_fault();
    assert_eq!(issued(&fixture.edge_access_token().await).0, 2);
}

#[tokio::test]
async fn a_live_token_is_given_while_the_provider_is_away() {
    let google = Google::start().unwrap();
    let fixture = Fixture::with_session(&google, 40);
    google.stop();
    let answer = fixture.edge_access_token().await;
    assert_eq!(issued(&answer), (1, "ya29.first".to_owned()));
    let fixture = Fixture::with_session(&google, 3_600);
    let answer = fixture.edge_refresh(1).await;
    answer.assert_refused(503, "identity_provider_unavailable");
    let fixture = Fixture::with_session(&google, 0);
    let answer = fixture.edge_access_token().await;
    answer.assert_refused(503, "identity_provider_unavailable");
}

#[tokio::test]
async fn a_failure_is_everybodys_who_waited() {
    let google = Google::start().unwrap();
    let fixture = Arc::new(Fixture::with_session(&google, 0));
    google.set_fault(Fault::Stall);
    let calls: Vec<_> = (0..10)
        .map(|_| {
            let fixture = fixture.clone();
            tokio::spawn(async move { fixture.edge_access_token().await })
        })
        .collect();
    let turn = fixture.origin.refreshes.turn(&subject());
    until("ten wait for the turn", || Arc::strong_count(&turn) >= 11).await;
    google.set_fault(error(503, ""));
    for call in calls {
        let answer = call.await.unwrap();
        answer.assert_refused(503, "identity_provider_unavailable");
    }
    assert_eq!(refreshes_asked(&google), 1);
}

#[tokio::test]
async fn a_token_that_cannot_be_renewed_is_given_to_its_end() {
    let without_refresh_token = |seconds_left| {
        Fixture::with(|origin| {
            let tokens = Tokens {
                access_token: "ya29.brought".to_owned().try_into().unwrap(),
                obtained: UnixTime::now(),
                expires: UnixTime::now().plus(seconds_left),
                refresh_token: None,
                refused: None,
            };
            origin.store.sign_in(&subject(), tokens).unwrap();
            origin
        })
    };
    let fixture = without_refresh_token(3_600);
    for answer in [
        fixture.edge_access_token().await,
        fixture.edge_refresh(1).await,
    ] {
        assert_eq!(issued(&answer), (1, "ya29.brought".to_owned()));
    }
    let fixture = without_refresh_token(0);
    fixture
        .edge_access_token()
        .await
        .assert_refused(404, "session_missing");
}

#[tokio::test]
async fn who_hangs_up_loses_no_refresh_token() {
    let google = Google::start().unwrap();
    google.set_rotation(true);
    let fixture = Arc::new(Fixture::with_session(&google, 0));
    google.set_fault_at(Google::TOKEN_PATH, Fault::Stall);
    let call = tokio::spawn({
        let fixture = fixture.clone();
        async move { fixture.edge_access_token().await }
    });
    until_a_refresh_is_asked(&google).await;
    call.abort();
    assert!(call.await.is_err());
    google.clear_fault();
    assert_eq!(issued(&fixture.edge_access_token().await).0, 2);
    assert_eq!(refreshes_asked(&google), 1);
    let [good] = google.refresh_tokens(USER).try_into().unwrap();
    assert_eq!(fixture.refresh_token(), good.reveal());
}

#[tokio::test]
async fn a_revocation_is_not_undone_by_a_refresh_under_way() {
    let google = Google::start().unwrap();
    let fixture = Arc::new(Fixture::with_session(&google, 0));
    let token = google.issue_access_token(USER);
    google.set_fault_at(Google::TOKEN_PATH, Fault::Stall);
    let call = tokio::spawn({
        let fixture = fixture.clone();
        async move { fixture.edge_access_token().await }
    });
    until_a_refresh_is_asked(&google).await;
    let answer = fixture
        .as_user("POST", "/user/revoke", token.reveal())
        .await;
    assert_eq!(answer.status, 204);
    google.clear_fault();
    call.await.unwrap().assert_refused(404, "session_missing");
    let session = fixture.origin.store.session(&subject()).unwrap().unwrap();
    assert!(matches!(session.state, SessionState::Ended));
}

#[tokio::test]
async fn a_service_that_is_killed_during_a_refresh_goes_on_from_there() {
    let google = Google::start().unwrap();
    let fixture = Arc::new(Fixture::with_session(&google, 0));
    google.set_fault_at(Google::TOKEN_PATH, Fault::Stall);
    let call = tokio::spawn({
        let fixture = fixture.clone();
        async move { fixture.edge_access_token().await }
    });
    until_a_refresh_is_asked(&google).await;
    // The file as `kill -9` would leave it.
    let copy = fixture.directory.path().join("copy");
    fs::copy(fixture.store_path(), &copy).unwrap();
    google.clear_fault();
    call.await.unwrap();

    let restarted = origin(Store::open(&copy).unwrap()).with_identity_provider(client(&google));
    let restarted = Fixture {
        origin: Arc::new(restarted),
        ..Fixture::new()
    };
    let (version, _) = issued(&restarted.edge_access_token().await);
    assert_eq!(version, 2);
    assert_eq!(refreshes_asked(&google), 2);
}
