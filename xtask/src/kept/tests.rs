//! Tests of [`super`].

use std::net::TcpListener;

use super::*;

/// A server that answers the first request it reads, and then ends the connection.
fn answering(answer: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        assert!(stream.read(&mut [0; 512]).unwrap() > 0);
        stream.write_all(answer.as_bytes()).unwrap();
    });
    address
}

#[test]
fn an_answer_must_be_whole_and_have_the_status() {
    let get = |answer, status| {
        let mut kept = Kept::open(answering(answer)).unwrap();
        kept.ask("GET /", "X: y", status)
            .map_err(|error| format!("{error:#}"))
    };
    let not_found = "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno";
    assert!(get(not_found, 404).is_ok());
    assert!(
        get(not_found, 200)
            .unwrap_err()
            .contains("got HTTP/1.1 404")
    );
    assert!(get("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nno", 404).is_err());
    assert!(get("HTTP/1.1 404 Not Found\r\n\r\n", 404).is_err());
    assert!(get("", 404).is_err());
}
