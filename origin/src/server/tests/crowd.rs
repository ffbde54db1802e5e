//! More connections than there is room for.

use super::{Fixture, Limits, REQUEST, WIDE};

const FEW: Limits = Limits {
    connections: 4,
    ..WIDE
};

#[tokio::test]
async fn whoever_sends_no_whole_request_gives_way() {
    let fixture = Fixture::start(FEW).await;
    let body = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\na";
    for sent in ["", "GET / HT", body] {
        let mut clients = Vec::new();
        for _ in 0..40 {
            clients.push(fixture.sent(sent).await);
        }
        fixture.sent(REQUEST).await.until("whole, 0").await;
        let mut first = clients.swap_remove(0);
        assert_eq!(first.rest().await, "", "who has waited longest");
    }
}

#[tokio::test]
async fn who_has_waited_longest_gives_way_first() {
    let fixture = Fixture::start(FEW).await;
    let mut clients = Vec::new();
    for _ in 0..4 {
        let mut client = fixture.sent(REQUEST).await;
        client.until("whole, 0").await;
        clients.push(client);
    }
    // The first is not who has waited longest any more.
    clients[0].send(REQUEST).await;
    clients[0].until("whole, 0").await;
    let mut newcomer = fixture.sent(REQUEST).await;
    newcomer.until("whole, 0").await;
    assert_eq!(clients[1].rest().await, "");
    for index in [0, 2, 3] {
        clients[index].send(REQUEST).await;
        clients[index].until("whole, 0").await;
    }
}

#[tokio::test]
async fn who_is_being_answered_stays() {
    let fixture = Fixture::start(FEW).await;
    let mut clients = Vec::new();
    for _ in 0..4 {
        clients.push(
            fixture
                .sent("GET /waiting HTTP/1.1\r\nHost: a\r\n\r\n")
                .await,
        );
        fixture.arrived.notified().await;
    }
    let mut newcomer = fixture.sent(REQUEST).await;
    assert!(newcomer.lasts().await, "it waits at the door");
    for client in &mut clients {
        assert!(client.lasts().await);
    }
    fixture.release.notify_one();
    newcomer.until("whole, 0").await;
    let mut answered = clients.swap_remove(0);
    answered.until("waited").await;
    assert_eq!(answered.rest().await, "", "its place was wanted");
}

#[tokio::test]
async fn a_place_that_came_free_is_taken_from_nobody() {
    let fixture = Fixture::start(Limits {
        connections: 1,
        ..WIDE
    })
    .await;
    let closing = "GET /waiting HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let client = fixture.sent(closing).await;
    fixture.arrived.notified().await;
    let mut newcomer = fixture.connect().await;
    assert!(newcomer.lasts().await, "it waits at the door");
    drop(client);
    assert!(
        newcomer.lasts().await,
        "it has come in, and nobody is at the door"
    );
    newcomer.send(REQUEST).await;
    newcomer.until("whole, 0").await;
}
