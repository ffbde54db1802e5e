//! Tests of [`super`].

use std::fs;

use azat_edge::time::UnixTime;
use tempfile::{TempDir, tempdir};

use crate::samples::SUBJECT;
use crate::secret::Secret;
use crate::session::{NotLive, Session, SessionState, Tokens};
use crate::store::Store;
use crate::store::row::FORM;
use crate::store::tables::{JTI_WINDOWS, SESSIONS};
use crate::subject::Subject;

fn store() -> (TempDir, Store) {
    let directory = tempdir().unwrap();
    let store = Store::open_or_create(&directory.path().join("store")).unwrap();
    (directory, store)
}

fn subject() -> Subject {
    SUBJECT.parse().unwrap()
}

fn tokens(access_token: &str, refresh_token: Option<&str>) -> Tokens {
    Tokens {
        access_token: access_token.to_owned().try_into().unwrap(),
        obtained: UnixTime::from_seconds(1_800_000_000),
        expires: UnixTime::from_seconds(1_800_003_600),
        refresh_token: refresh_token.map(Secret::new),
        refused: None,
    }
}

/// Version, access token and refresh token.
fn live(session: Option<Session>) -> Option<(u64, String, String)> {
    let Session { version, state } = session?;
    let SessionState::Live(tokens) = state else {
        return None;
    };
    let refresh_token = tokens
        .refresh_token
        .map_or(String::new(), |token| token.reveal().to_owned());
    Some((
        version,
        tokens.access_token.reveal().to_owned(),
        refresh_token,
    ))
}

fn expected(version: u64, access: &str, refresh: &str) -> Option<(u64, String, String)> {
    Some((version, access.to_owned(), refresh.to_owned()))
}

#[test]
fn a_sign_in_makes_a_user_and_a_session() {
    let (_directory, store) = store();
    assert!(store.session(&subject()).unwrap().is_none());
    store.sign_in(&subject(), tokens("a1", Some("r1"))).unwrap();
    let user = store.user(&subject()).unwrap().unwrap();
    assert_eq!(user.revision, 0, "nothing was imported yet");
    assert_eq!(user.row.subject().unwrap(), subject());
    assert!(user.row.sources.is_empty());
    let session = || live(store.session(&subject()).unwrap());
    assert_eq!(session(), expected(1, "a1", "r1"));
    store.sign_in(&subject(), tokens("a2", None)).unwrap();
    assert_eq!(session(), expected(2, "a2", "r1"));
    store.sign_in(&subject(), tokens("a3", Some("r3"))).unwrap();
    assert_eq!(session(), expected(3, "a3", "r3"));
    assert_eq!(store.user(&subject()).unwrap().unwrap().revision, 0);
}

#[test]
fn a_late_refresh_overrules_nobody() {
    let (_directory, store) = store();
    let renew = |version, access: &'static str| {
        let next = SessionState::Live(tokens(access, Some("r")));
        live(store.renew(&subject(), version, next).unwrap())
    };
    assert_eq!(renew(0, "a"), None);
    store.sign_in(&subject(), tokens("a1", Some("r"))).unwrap();
    assert_eq!(renew(1, "a2"), expected(2, "a2", "r"));
    assert_eq!(renew(1, "late"), expected(2, "a2", "r"));
    store.revoke(&subject(), UnixTime::now()).unwrap();
    assert_eq!(renew(2, "late"), None);
    let session = store.session(&subject()).unwrap().unwrap();
    assert!(matches!(session.state, SessionState::Ended));
    store.sign_in(&subject(), tokens("a3", Some("r"))).unwrap();
    let session = live(store.session(&subject()).unwrap());
    assert_eq!(session, expected(3, "a3", "r"));
}

#[test]
fn a_session_is_on_the_disk_when_it_has_been_written() {
    let (directory, store) = store();
    store.sign_in(&subject(), tokens("a1", Some("r1"))).unwrap();
    // As after `kill -9`: nothing was closed.
    let copy = directory.path().join("copy");
    fs::copy(directory.path().join("store"), &copy).unwrap();
    let copy = Store::open(&copy).unwrap();
    let session = live(copy.session(&subject()).unwrap());
    assert_eq!(session, expected(1, "a1", "r1"));
}

#[test]
fn no_azat_is_counted_for_who_is_not_signed_in() {
    let (_directory, store) = store();
    let subject = subject();
    let tokens = || tokens("ya29.a", None);
    let count_at = |now| store.count_azat_of_session(&subject, now).unwrap();
    let count = || count_at(tokens().obtained);
    assert_eq!(count(), Err(NotLive::Missing));
    store.sign_in(&subject, tokens()).unwrap();
    assert_eq!((count(), count()), (Ok(0), Ok(1)));
    assert_eq!(count_at(tokens().expires), Err(NotLive::Missing));
    store.revoke(&subject, UnixTime::from_seconds(1)).unwrap();
    assert_eq!(count(), Err(NotLive::Missing));
    store.sign_in(&subject, tokens()).unwrap();
    assert_eq!(count(), Ok(2));
    store.renew(&subject, 2, SessionState::Refused).unwrap();
    assert_eq!(count(), Err(NotLive::Refused));
}

#[test]
fn rows_that_cannot_be_read_do_not_keep_a_user_out_or_in() {
    let (_directory, store) = store();
    let key = subject().as_str().to_owned();
    let now = UnixTime::from_seconds(1_800_000_100);
    store.sign_in(&subject(), tokens("a", None)).unwrap();
    for _ in 0..3 {
        store.count_azat_of_user(&subject()).unwrap();
    }
    for table in [SESSIONS, JTI_WINDOWS] {
        store.spoil(table, &key, (FORM, "{}"));
    }
    assert!(store.session(&subject()).is_err());
    store.spoil(
        SESSIONS,
        &key,
        (FORM, r#"{"version":1,"state":{"live":"1//SECRET"}}"#),
    );
    let told = store.session(&subject()).unwrap_err().to_string();
    assert!(
        told.ends_with("its JSON is not as expected at column 40"),
        "{told}"
    );
    store.revoke(&subject(), now).unwrap();
    let window = store.standing(&subject()).unwrap().unwrap().window;
    assert_eq!((window.bounds(), window.not_before()), ((0, 0), now));
    store.spoil(SESSIONS, &key, (FORM, "{}"));
    store.sign_in(&subject(), tokens("b", None)).unwrap();
    assert!(live(store.session(&subject()).unwrap()).is_some());
}
