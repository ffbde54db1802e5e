//! Whether the process answers.

use crate::service::Service;

#[test]
fn who_looks_after_it_is_answered_and_not_logged() {
    let service = Service::start(&[]);
    let answer = service.ask("GET /healthz", "\r\n");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.ends_with("\r\n\r\nok\n"), "{answer}");
    let answer = service.ask("HEAD /healthz", "\r\n");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let answer = service.ask("POST /healthz", "\r\n");
    assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
    let log = service.log();
    assert_eq!(log.len(), 1, "what is no health check is logged");
    assert_eq!(log[0]["method"], "POST");
}
