//! Tests of [`super`].

use super::*;
use crate::curl::{CurlAnswer, curl};
use crate::patience::wait_until;
use axum::routing::{get, post};
use std::time::Instant;

fn started() -> Server {
    let router = Router::new()
        .route("/a", get(async || "a"))
        .route("/b", get(async || "b"));
    Server::start("echo", router).unwrap()
}

fn ask(server: &Server, path: &str) -> CurlAnswer {
    let scratch = tempfile::tempdir().unwrap();
    curl(scratch.path(), &[&format!("{}{path}", server.url())]).unwrap()
}

#[test]
fn a_fault_of_one_path_leaves_the_others_alone() {
    let server = started();
    server.set_fault_at("/a", Fault::Status(503));
    assert_eq!(ask(&server, "/a?query=1").status, 503);
    assert_eq!(ask(&server, "/b").text(), "b");
    server.clear_fault();
    assert_eq!(ask(&server, "/a").text(), "a");
}

#[test]
fn what_has_no_route_is_recorded_too() {
    let server = started();
    assert_eq!(ask(&server, "/c?d=e").status, 404);
    assert_eq!(server.requests()[0].path, "/c?d=e");
}

#[test]
fn a_body_is_recorded_and_still_there() {
    let router = Router::new().route("/a", post(async |body: String| body));
    let server = Server::start("echo", router).unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let url = format!("{}/a", server.url());
    let form = ["--data", "grant_type=a+b&code=1&code=2", &url];
    let answer = curl(scratch.path(), &form).unwrap();
    assert_eq!(answer.text(), "grant_type=a+b&code=1&code=2");
    let [request] = server.requests_at("/a").try_into().unwrap();
    let expected = [("code", "2"), ("grant_type", "a b")];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(request.form(), expected.into());
    assert!(server.requests_at("/").is_empty());
}

#[test]
fn an_answer_can_stand_in_for_the_right_one() {
    let server = started();
    let (status, body) = (429, "later");
    server.set_fault(Fault::Answer { status, body });
    let answer = ask(&server, "/a");
    assert_eq!((answer.status, answer.text().as_str()), (429, "later"));
    server.set_fault(Fault::Redirect { to: "/b" });
    let answer = ask(&server, "/a");
    assert_eq!(
        (answer.status, answer.header("location")),
        (302, Some("/b"))
    );
}

#[test]
fn a_stall_ends_with_the_fault_that_takes_its_place() {
    let server = started();
    server.set_fault(Fault::Stall);
    std::thread::scope(|scope| {
        let asked = scope.spawn(|| ask(&server, "/a").status);
        wait_until("a request comes", || !server.requests().is_empty());
        assert!(!asked.is_finished());
        server.set_fault(Fault::Status(503));
        assert_eq!(asked.join().unwrap(), 503);
    });
}

#[tokio::test]
async fn an_asynchronous_test_can_stop_it() {
    let server = started();
    server.stop();
    assert_eq!(ask(&server, "/a").exit, 7);
}

#[test]
fn a_delayed_answer_is_the_right_one() {
    let server = started();
    let delay = Duration::from_millis(150);
    server.set_fault(Fault::Delay(delay));
    let asked = Instant::now();
    assert_eq!(ask(&server, "/a").text(), "a");
    assert!(asked.elapsed() >= delay);
}

#[test]
fn a_stopped_server_refuses_connections_until_it_is_restarted_where_it_was() {
    let server = started();
    let url = server.url();
    server.stop();
    // curl's "failed to connect".
    assert_eq!(ask(&server, "/a").exit, 7);
    server.restart().unwrap();
    assert_eq!((ask(&server, "/a").status, server.url()), (200, url));
    assert_eq!(server.requests().len(), 1);
}
