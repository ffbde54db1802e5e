//! Tests of [`super`].

use std::sync::{Arc, mpsc};
use std::time::Duration;

use super::Lanes;

#[tokio::test]
async fn a_full_long_lane_leaves_the_short_one_open() {
    let lanes = Arc::new(Lanes::open().unwrap());
    let (release, held) = mpsc::channel::<()>();
    let held = Arc::new(std::sync::Mutex::new(held));
    let long: Vec<_> = (0..64)
        .map(|_| {
            let (lanes, held) = (Arc::clone(&lanes), Arc::clone(&held));
            tokio::spawn(async move {
                let work = move || {
                    let _ = held.lock().unwrap().recv_timeout(Duration::from_secs(30));
                };
                lanes.long(work).await
            })
        })
        .collect();
    let short = tokio::time::timeout(Duration::from_secs(20), lanes.short(|| 7)).await;
    assert_eq!(short.unwrap().unwrap(), 7);
    drop(release);
    for work in long {
        work.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn work_that_panics_is_told_and_gives_its_place_back() {
    let lanes = Lanes::open().unwrap();
    for _ in 0..64 {
        assert!(lanes.long(|| panic!("as it should")).await.is_err());
    }
    assert_eq!(lanes.long(|| 7).await.unwrap(), 7);
}
