//! How answers are taken, or are not.

use tokio::io::AsyncReadExt as _;
use tokio::time::{Instant, sleep, timeout};

use super::{BOUND, CHUNK, CHUNKS, Fixture, Limits, Outcome, REQUEST, SHORT, WIDE};

const LONG: &str = "GET /long HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn a_client_that_takes_nothing_is_cut_off() {
    let mut fixture = Fixture::start(Limits {
        stalled: SHORT,
        ..WIDE
    })
    .await;
    let client = fixture.narrow(LONG).await;
    assert_eq!(fixture.outcome().await, Outcome::Abandoned);
    drop(client);
}

/// It takes nothing for a while again and again, and in all longer than any limit.
#[tokio::test]
async fn a_slow_client_gets_all() {
    let limit = SHORT * 10;
    let mut fixture = Fixture::start(Limits {
        stalled: limit,
        idle: limit,
        head: limit,
        body: limit,
        ..WIDE
    })
    .await;
    let mut client = fixture.narrow(LONG).await;
    let begin = Instant::now();
    let mut part = vec![0; CHUNK];
    let mut taken = 0;
    let taking = async {
        loop {
            let length = client.0.read(&mut part).await.unwrap();
            taken += length;
            if length == 0 {
                return;
            }
            if begin.elapsed() < limit * 3 {
                sleep(SHORT).await;
            }
        }
    };
    timeout(BOUND, taking).await.unwrap();
    assert!(taken > CHUNKS * CHUNK);
    assert_eq!(fixture.outcome().await, Outcome::Taken);
}

#[tokio::test]
async fn a_client_may_wait_for_the_service() {
    let fixture = Fixture::start(Limits {
        stalled: SHORT,
        idle: SHORT,
        head: SHORT,
        body: SHORT,
        ..WIDE
    })
    .await;
    let mut client = fixture
        .sent("GET /waiting HTTP/1.1\r\nHost: a\r\n\r\n")
        .await;
    fixture.arrived.notified().await;
    assert!(client.lasts().await);
    fixture.release.notify_one();
    client.until("waited").await;
}

#[tokio::test]
async fn a_client_that_stays_after_its_answer_is_cut_off() {
    let fixture = Fixture::start(Limits {
        connections: 1,
        lingering: SHORT,
        ..WIDE
    })
    .await;
    let closing = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let mut client = fixture.sent(closing).await;
    client.until("whole, 0").await;
    assert_eq!(client.rest().await, "");
    fixture.sent(REQUEST).await.until("whole, 0").await;
}
