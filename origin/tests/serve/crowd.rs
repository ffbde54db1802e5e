//! Many who send no whole request do not keep others out.

use crate::service::Service;

const JWKS: &str = "GET /.well-known/jwks.json";

#[test]
fn half_sent_requests_keep_nobody_out() {
    let service = Service::with_open_files(256, &[]);
    let half = (0..300).map(|_| service.sent("GET / HTTP/1.1\r\nHost: a\r\n"));
    let half: Vec<_> = half.collect();
    for _ in 0..3 {
        let answer = service.ask(JWKS, "\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }
    drop(half);
}

#[test]
fn an_operator_says_how_many_there_may_be() {
    let service = Service::start(&["--maximum-connections", "2"]);
    let half = [
        "",
        "GET",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na",
    ];
    let half: Vec<_> = (half.iter().cycle().take(20))
        .map(|text| service.sent(text))
        .collect();
    let answer = service.ask(JWKS, "\r\n");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    drop(half);
}
