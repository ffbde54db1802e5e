//! A request's body has limits in time and size, on every route.

use std::io::{Read as _, Write as _};
use std::thread;
use std::time::Duration;

use crate::service::Service;

/// All routes, and what is none.
const ROUTES: [&str; 14] = [
    "GET /.well-known/jwks.json",
    "GET /healthz",
    "GET /manifest/files/key",
    "PUT /fetch/manifest/files?catalog=demo&format=curl",
    "POST /user/authorize",
    "POST /user/refresh",
    "POST /user/revoke",
    "GET /user/token",
    "POST /edge/entitlements",
    "POST /edge/refresh",
    "POST /edge/access-token",
    "GET /edge/files/demo/10b5aa79-0595-47c6-9871-31a9151a8d56",
    "POST /edge/userinfo",
    "DELETE /nothing",
];

#[test]
fn a_long_body_is_413_on_every_route() {
    let service = Service::start(&[]);
    let long = "a".repeat(32 * 1024 + 1);
    let bodies = [
        format!("Content-Length: {}\r\n\r\n{long}", long.len()),
        format!(
            "Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{long}\r\n0\r\n\r\n",
            long.len()
        ),
        "Content-Length: 1000000000000\r\nExpect: 100-continue\r\n\r\n".to_owned(),
    ];
    for route in ROUTES {
        for body in &bodies {
            let answer = service.ask(route, body);
            assert!(answer.starts_with("HTTP/1.1 413 "), "{route}: {answer}");
            assert!(answer.contains("\r\ncontent-type: application/problem+json\r\n"));
            assert!(
                answer.contains("\"reason\":\"request_too_long\""),
                "{answer}"
            );
        }
    }
    let log = service.log();
    assert_eq!(log.len(), ROUTES.len() * bodies.len());
    for line in log {
        assert_eq!(line["reason"], "request_too_long");
    }
}

#[test]
fn a_body_that_is_not_too_long_is_read() {
    let service = Service::start(&[]);
    let body = "a".repeat(32 * 1024);
    let fields = format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let answer = service.ask("GET /healthz", &fields);
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let answer = service.ask("POST /user/authorize", &fields);
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
}

#[test]
fn a_body_that_trickles_is_408() {
    let service = Service::start(&[]);
    let head = "POST /user/authorize HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\
                Content-Length: 10000\r\n\r\n";
    let mut reading = service.sent(head);
    let mut writing = reading.try_clone().unwrap();
    let trickling = thread::spawn(move || {
        while writing.write_all(b"a").is_ok() {
            thread::sleep(Duration::from_millis(100));
        }
    });
    let mut answer = String::new();
    // What is sent in vain may end it in an error, but not before the answer.
    let _ = reading.read_to_string(&mut answer);
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(
        answer.contains("\"reason\":\"request_too_slow\""),
        "{answer}"
    );
    drop(reading);
    trickling.join().unwrap();
}
