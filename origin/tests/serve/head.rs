//! A request's head has limits in time and size.

use crate::service::{Service, whole};

#[test]
fn a_head_that_does_not_arrive_is_not_waited_for() {
    let service = Service::start(&[]);
    let mut half = ["", "GET / HTTP/1.1\r\nHost: a\r\n"].map(|text| service.sent(text));
    for stream in &mut half {
        assert_eq!(whole(stream), "");
    }
}

#[test]
fn a_head_may_have_64_kib() {
    let service = Service::start(&[]);
    let ask = |length| {
        service.ask(
            "GET /nothing",
            &format!("A: {}\r\n\r\n", "a".repeat(length)),
        )
    };
    let answer = ask(63 * 1024);
    assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
    let answer = ask(64 * 1024);
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
}
