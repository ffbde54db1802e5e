//! Questions under way to the provider: what several want to know at once is asked once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use tokio::task::spawn;

use super::fault::ProviderFault;

/// Questions under way, by what they are about.
pub(super) struct Questions<K, T>(Arc<Mutex<HashMap<K, UnderWay<T>>>>);

/// One of them, and its answer to be. Clones share.
pub(super) struct UnderWay<T>(watch::Receiver<Option<Outcome<T>>>);

type Outcome<T> = Result<T, ProviderFault>;

impl<K, T> Questions<K, T>
where
    K: Eq + Hash + Clone + Send + 'static,
    T: Clone + Send + Sync + 'static,
{
    /// Asks as a task of its own, which goes on when nobody waits for it any more, unless the same
    /// is under way: then that one's answer is this one's, too.
    pub(super) fn ask(
        &self,
        about: K,
        question: impl Future<Output = Outcome<T>> + Send + 'static,
    ) -> UnderWay<T> {
        let mut under_way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = under_way.get(&about) {
            return same.clone();
        }
        let (told, answer) = watch::channel(None);
        let answer = UnderWay(answer);
        under_way.insert(about.clone(), answer.clone());
        let asking = Asking {
            questions: Self(Arc::clone(&self.0)),
            about,
        };
        spawn(async move {
            let outcome = question.await;
            drop(asking);
            told.send_replace(Some(outcome));
        });
        answer
    }
}

impl<T: Clone> UnderWay<T> {
    /// Waits for the answer.
    pub(super) async fn outcome(mut self) -> Outcome<T> {
        let told = self.0.wait_for(Option::is_some).await;
        let outcome = told.ok().and_then(|outcome| outcome.clone());
        outcome.unwrap_or(Err(BROKE_OFF))
    }
}

/// The service stops, or there is a fault in this program.
const BROKE_OFF: ProviderFault = ProviderFault::Unavailable("the question to it broke off");

impl<T> Clone for UnderWay<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K, T> Default for Questions<K, T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

/// Held while a question is under way: however it ends, it can be asked again.
struct Asking<K: Eq + Hash, T> {
    questions: Questions<K, T>,
    about: K,
}

impl<K: Eq + Hash, T> Drop for Asking<K, T> {
    fn drop(&mut self) {
        let under_way = &self.questions.0;
        let mut under_way = under_way.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.remove(&self.about);
    }
}

#[cfg(test)]
mod tests;
