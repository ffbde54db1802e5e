//! Tests of [`super`].

use axum::http::Response;
use azat_edge::answer::Body;

use super::ShownAnswer;

#[test]
fn a_signed_url_is_shown_without_its_signature() {
    let signed = "https://mirror.example/a?X-Amz-Signature=0a1b";
    let body = format!(r#"{{"Status":302,"Location":"{signed}"}}"#);
    let response = Response::builder()
        .header("location", signed)
        .body(Body::Text(body));
    let answer = ShownAnswer::of(&response.unwrap());
    let shown = "https://mirror.example/a?\u{2026}";
    assert_eq!(answer.header("location"), Some(shown));
    assert_eq!(answer.body.unwrap()["Location"], shown);
}
