//! Tests of [`super`].

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use super::Exchanges;
use crate::samples::within;

#[tokio::test]
async fn an_exchange_outlives_its_caller_and_is_waited_for() {
    let exchanges = Exchanges::default();
    let (provider_answers, answer) = oneshot::channel::<()>();
    let caller = exchanges.run(answer);
    assert!(
        timeout(Duration::from_millis(10), caller).await.is_err(),
        "the caller hangs up"
    );
    let stopping = exchanges.finished();
    tokio::pin!(stopping);
    assert!(
        timeout(Duration::from_millis(10), &mut stopping)
            .await
            .is_err()
    );
    provider_answers.send(()).unwrap();
    within("the end of the exchange", stopping).await;
}
