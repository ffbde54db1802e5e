//! What becomes of whom when the server is told to stop.

use super::{Fixture, Limits, REQUEST, SHORT, WIDE};

#[tokio::test]
async fn who_waits_holds_nothing_up() {
    let fixture = Fixture::start(Limits {
        courtesy: SHORT,
        ..WIDE
    })
    .await;
    let body = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\na";
    let half = [fixture.sent("GET / HT").await, fixture.sent(body).await];
    let silent = fixture.connect().await;
    let mut idle = fixture.sent(REQUEST).await;
    idle.until("whole, 0").await;
    let mut next = fixture.sent(REQUEST).await;
    next.until("whole, 0").await;
    next.send("GET").await;
    let mut closing = fixture
        .sent("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        .await;
    closing.until("whole, 0").await;
    fixture.stop.cancel();
    fixture.stopped().await;
    drop((half, silent, idle, next, closing));
}

#[tokio::test]
async fn requests_under_way_are_answered() {
    let fixture = Fixture::start(WIDE).await;
    let mut client = fixture
        .sent("GET /waiting HTTP/1.1\r\nHost: a\r\n\r\n")
        .await;
    fixture.arrived.notified().await;
    fixture.stop.cancel();
    assert!(client.lasts().await);
    fixture.release.notify_one();
    let answer = client.until("waited").await;
    assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    fixture.stopped().await;
}

#[tokio::test]
async fn what_has_begun_to_arrive_is_waited_for() {
    let fixture = Fixture::start(WIDE).await;
    let mut head = fixture.sent("GET / HT").await;
    let mut body = fixture
        .sent("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na")
        .await;
    // It has been accepted after those two.
    let mut last = fixture.sent(REQUEST).await;
    last.until("whole, 0").await;
    fixture.stop.cancel();
    assert_eq!(last.rest().await, "");
    head.send("TP/1.1\r\nHost: a\r\n\r\n").await;
    head.until("whole, 0").await;
    body.send("b").await;
    body.until("whole, 2").await;
    fixture.stopped().await;
}
