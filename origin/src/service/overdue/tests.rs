//! Handlers that take their time, with a clock that does not.

use std::future::pending;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use axum::middleware::from_fn;
use axum::routing::get;
use tokio::time::{Instant, sleep};
use tower::ServiceExt as _;

use super::{PATIENCE, refuse};

/// What a handler that takes so long comes to, and when.
async fn outcome(duration: Option<Duration>) -> (u16, String, Duration) {
    let handler = async move || match duration {
        Some(duration) => sleep(duration).await,
        None => pending().await,
    };
    let router = Router::new()
        .route("/", get(handler))
        .layer(from_fn(refuse));
    let begin = Instant::now();
    let request = Request::get("/").body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let retry = response.headers().get(header::RETRY_AFTER).cloned();
    assert_eq!(retry.is_some(), response.status() == 503);
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let body = String::from_utf8(body.into()).unwrap();
    (status, body, begin.elapsed())
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_hangs_is_answered_for() {
    let (status, body, after) = outcome(None).await;
    assert_eq!(status, 503);
    assert!(body.contains("origin_failed"), "{body}");
    assert!(after >= PATIENCE && after < PATIENCE * 2, "{after:?}");
}

#[tokio::test(start_paused = true)]
async fn a_handler_may_take_its_time() {
    let (status, _, _) = outcome(Some(PATIENCE - Duration::from_secs(1))).await;
    assert_eq!(status, 200);
}
