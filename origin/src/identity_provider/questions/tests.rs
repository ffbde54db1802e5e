//! Tests of [`super`].

use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::oneshot;

use super::{Arc, BROKE_OFF, ProviderFault, Questions};
use crate::samples::{until, within};

const REFUSED: ProviderFault = ProviderFault::Refused("no");

#[tokio::test]
async fn what_is_under_way_is_not_asked_again() {
    let questions = Questions::default();
    let asked = Arc::new(AtomicU32::new(0));
    let (answer, answered) = oneshot::channel();
    let mut answered = Some(answered);
    let mut ask = || {
        let (asked, answered) = (Arc::clone(&asked), answered.take());
        questions.ask("a", async move {
            asked.fetch_add(1, Ordering::Relaxed);
            answered.unwrap().await.unwrap()
        })
    };
    // The first one hangs up.
    drop(ask());
    let others = [ask(), ask(), ask()];
    let another = questions.ask("b", async { Err(REFUSED) });
    assert_eq!(within("b", another.outcome()).await, Err(REFUSED));
    answer.send(Ok(1)).unwrap();
    for other in others {
        assert_eq!(within("the answer", other.outcome()).await, Ok(1));
    }
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    let later = questions.ask("a", async { Ok(2) });
    assert_eq!(within("a later answer", later.outcome()).await, Ok(2));
    assert!(questions.0.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_question_that_breaks_off_can_be_asked_again() {
    let questions = Questions::<_, u32>::default();
    let broken = questions.ask("a", async { panic!("a fault of the program") });
    assert_eq!(within("the end", broken.outcome()).await, Err(BROKE_OFF));
    until("it is forgotten", || questions.0.lock().unwrap().is_empty()).await;
    let again = questions.ask("a", async { Ok(1) });
    assert_eq!(within("the answer", again.outcome()).await, Ok(1));
}
