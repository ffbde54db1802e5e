//! Tests of [`super`].

use std::fs;

use azat_testbed::{shipped_policy, workspace};

use super::{Deadline, Duration, Instant, Late};

/// What an answer takes besides: the way to the edge, and the store's write.
const MARGIN: Duration = Duration::from_secs(1);

/// What a backend of `fastly.toml` waits for the first byte.
fn first_byte_timeout(backend: &str) -> Duration {
    let text = fs::read_to_string(workspace().join("fastly.toml")).unwrap();
    let manifest: toml::Table = text.parse().unwrap();
    let timeout = &manifest["local_server"]["backends"][backend]["first_byte_timeout_ms"];
    Duration::from_millis(timeout.as_integer().unwrap().try_into().unwrap())
}

#[test]
fn an_act_ends_before_the_edge_stops_waiting() {
    // For what it passes on, and for what it asks itself.
    let patience = shipped_policy().unwrap().patience;
    let documents = Duration::from_millis(patience.without_spare_ms.into());
    for waits in [first_byte_timeout("origin"), documents] {
        assert!(Deadline::BUDGET + MARGIN <= waits, "{waits:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_waited_for_shares_what_is_left() {
    let begin = Instant::now();
    let by = Deadline::after(Duration::from_secs(7));
    let sleep = |seconds| tokio::time::sleep(Duration::from_secs(seconds));
    assert_eq!(by.wait(sleep(4)).await, Ok(()));
    assert_eq!(by.wait(sleep(4)).await, Err(Late));
    assert_eq!(begin.elapsed().as_secs(), 7);
    let begin = Instant::now();
    let by = Deadline::after(Duration::from_secs(7)).leaving(Duration::from_secs(4));
    assert_eq!(by.wait(sleep(4)).await, Err(Late));
    assert_eq!(begin.elapsed().as_secs(), 3);
}
