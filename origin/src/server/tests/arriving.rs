//! How requests arrive, or do not.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{sleep, timeout};

use super::{BOUND, Fixture, Limits, NEVER, REQUEST, SHORT, WIDE};

#[tokio::test]
async fn a_head_that_does_not_arrive_whole_is_cut_off() {
    let fixture = Fixture::start(Limits {
        head: SHORT,
        ..WIDE
    })
    .await;
    for sent in ["", "G", "GET / HTTP/1.1\r\nHost: a\r\n"] {
        assert_eq!(fixture.sent(sent).await.rest().await, "");
    }
}

#[tokio::test]
async fn a_head_that_trickles_is_cut_off() {
    let fixture = Fixture::start(Limits {
        head: SHORT * 2,
        ..WIDE
    })
    .await;
    let mut client = fixture.sent("GET / HTTP/1.1\r\nA: ").await;
    let trickling = async {
        while client.0.write_all(b"a").await.is_ok() {
            sleep(SHORT / 10).await
        }
    };
    timeout(BOUND, trickling).await.unwrap();
}

#[tokio::test]
async fn the_next_head_has_the_same_time_from_its_first_byte() {
    let fixture = Fixture::start(Limits {
        head: SHORT,
        ..WIDE
    })
    .await;
    let mut client = fixture.sent(REQUEST).await;
    client.until("whole, 0").await;
    assert!(client.lasts().await, "without a request there is no head");
    client.send("GET").await;
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_connection_without_a_request_is_kept_for_a_while() {
    let fixture = Fixture::start(Limits {
        idle: SHORT,
        ..WIDE
    })
    .await;
    let mut client = fixture.sent(REQUEST).await;
    client.until("whole, 0").await;
    assert_eq!(client.rest().await, "");
    let mut sending = fixture.sent("GET").await;
    assert!(sending.lasts().await, "a request is arriving");
}

#[tokio::test]
async fn a_body_that_trickles_is_given_up() {
    let fixture = Fixture::start(Limits {
        body: SHORT * 2,
        lingering: SHORT,
        ..WIDE
    })
    .await;
    let heads = [
        "Content-Length: 900\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n",
    ];
    for head in heads {
        let mut client = fixture
            .sent(&format!("GET / HTTP/1.1\r\nHost: a\r\n{head}"))
            .await;
        let (mut reading, mut writing) = client.0.split();
        let trickling = async {
            while writing.write_all(b"1\r\na\r\n").await.is_ok() {
                sleep(SHORT / 10).await;
            }
        };
        let mut answer = String::new();
        let both = async { tokio::join!(trickling, reading.read_to_string(&mut answer)) };
        let _ = timeout(BOUND, both).await.unwrap();
        assert!(answer.ends_with("TooSlow"), "{answer}");
        assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    }
}

#[tokio::test]
async fn a_body_is_read_whole_or_refused() {
    let fixture = Fixture::start(WIDE).await;
    let long = "a".repeat(1_001);
    let bodies = [
        (
            format!("Content-Length: 1000\r\n\r\n{}", &long[1..]),
            "whole, 1000",
        ),
        (format!("Content-Length: 1001\r\n\r\n{long}"), "TooLong"),
        (
            "Content-Length: 1000000000000\r\n\r\n".to_owned(),
            "TooLong",
        ),
        (
            format!("Transfer-Encoding: chunked\r\n\r\n3e9\r\n{long}\r\n0\r\n\r\n"),
            "TooLong",
        ),
        (
            format!(
                "Transfer-Encoding: chunked\r\n\r\n{}",
                "1\r\na\r\n".repeat(1_001)
            ),
            "TooLong",
        ),
        (
            "Transfer-Encoding: chunked\r\n\r\nno chunk".to_owned(),
            "Broken",
        ),
    ];
    for method in ["GET", "POST", "DELETE"] {
        for (rest, told) in &bodies {
            let mut client = fixture
                .sent(&format!("{method} / HTTP/1.1\r\nHost: a\r\n{rest}"))
                .await;
            let answer = client.until(told).await;
            assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        }
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_is_not_asked_for() {
    let fixture = Fixture::start(WIDE).await;
    let ask = async |length| {
        let head = format!(
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n"
        );
        fixture.sent(&head).await.until("\r\n\r\n").await
    };
    assert_eq!(ask(1_000).await, "HTTP/1.1 100 Continue\r\n\r\n");
    assert!(ask(1_001).await.starts_with("HTTP/1.1 200 "));
}

/// The server must not close what it has not read: that would take the answer back.
#[tokio::test]
async fn whoever_goes_on_sending_gets_the_answer() {
    let fixture = Fixture::start(WIDE).await;
    let length = 32 * 1024 * 1024;
    let head = format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n");
    let mut client = fixture.sent(&head).await;
    let sending = async { client.0.write_all(&vec![b'a'; length]).await };
    timeout(BOUND, sending).await.unwrap().unwrap();
    client.until("TooLong").await;
}

#[tokio::test]
async fn but_not_forever() {
    let fixture = Fixture::start(Limits {
        lingering: SHORT,
        ..WIDE
    })
    .await;
    let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000000\r\n\r\n";
    let mut client = fixture.sent(head).await;
    let sending = async { while client.0.write_all(&[b'a'; 4096]).await.is_ok() {} };
    timeout(BOUND, sending).await.unwrap();
}

#[tokio::test]
async fn a_head_that_is_too_long_is_431() {
    let fixture = Fixture::start(Limits {
        lingering: SHORT,
        ..WIDE
    })
    .await;
    let long = |length| format!("A: {}\r\n", "a".repeat(length));
    let heads = [
        (long(15 * 1024), "200 "),
        (long(16 * 1024), "431 "),
        (long(10 * 1024 * 1024), "431 "),
        ("A: a\r\n".repeat(90), "200 "),
        ("A: a\r\n".repeat(110), "431 "),
    ];
    for (fields, status) in heads {
        let mut client = fixture.connect().await;
        let request = format!("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{fields}\r\n");
        // The server may have hung up before all is sent.
        let _ = timeout(BOUND, client.0.write_all(request.as_bytes()))
            .await
            .unwrap();
        let answer = client.rest().await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn requests_may_follow_each_other_closely() {
    let fixture = Fixture::start(Limits {
        idle: NEVER,
        ..WIDE
    })
    .await;
    let mut client = fixture.sent(&REQUEST.repeat(100)).await;
    for _ in 0..100 {
        client.until("whole, 0").await;
    }
}
