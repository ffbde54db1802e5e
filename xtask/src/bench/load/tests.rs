//! Tests of [`super`].

use super::*;

#[test]
fn status_and_length_are_read_from_an_answer() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc";
    assert_eq!(summary(answer), Some((200, 3)));
    assert_eq!(summary(b""), None);
    assert_eq!(summary(b"HTTP/1.1 200 OK\r\n"), None);
}

#[test]
fn a_load_without_requests_is_none() {
    let nobody = SocketAddr::from(([127, 0, 0, 1], 9));
    let load = Load::get(nobody, "/", "Accept: */*", 200);
    assert!(load.run(Duration::ZERO).is_err());
}
