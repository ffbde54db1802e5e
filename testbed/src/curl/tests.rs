//! Tests of [`super`].

use super::*;

#[test]
fn the_last_of_several_answers_counts() {
    let dump = "HTTP/1.1 302 Found\r\nLocation: http://x/\r\n\r\nHTTP/1.1 200 OK\r\nETag: \"a:b\"\r\nVary: a\r\nVary: b\r\n\r\n";
    let expected = [("etag", "\"a:b\""), ("vary", "a"), ("vary", "b")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(last_headers(dump), expected);
}

#[test]
fn no_answer_has_status_0() {
    let scratch = tempfile::tempdir().unwrap();
    let nobody = format!("http://{}/", crate::ports::free_address().unwrap());
    let answer = curl(scratch.path(), &[&nobody]).unwrap();
    assert_eq!((answer.exit, answer.status), (7, 0));
    assert!(answer.headers.is_empty() && answer.body.is_empty());
}
