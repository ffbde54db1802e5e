//! Tests of [`super`].

use super::{FULL, Lane, PATIENCE, WIDTH};
use tokio::time::Instant;

#[tokio::test(start_paused = true)]
async fn a_full_lane_lets_nobody_in_until_somebody_leaves() {
    let lane = Lane::new();
    let mut places = Vec::new();
    for _ in 0..WIDTH {
        places.push(lane.enter().await.unwrap());
    }
    let begin = Instant::now();
    assert_eq!(lane.enter().await.unwrap_err(), FULL);
    assert_eq!(begin.elapsed().as_secs(), PATIENCE.as_secs());
    places.pop();
    assert!(lane.enter().await.is_ok());
}
