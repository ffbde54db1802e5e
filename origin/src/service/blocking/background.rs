//! Threads that work only while no other has anything to do.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

use tokio::sync::oneshot;

/// The least share of a processor that a thread can ask for (`nice`).
#[cfg(target_os = "linux")]
const LEAST_PRIORITY: i32 = 19;

type Work = Box<dyn FnOnce() + Send>;

/// The threads; they end with it. What waits for them is done in its order.
pub(super) struct Background(mpsc::Sender<Work>);

/// Work that has ended without an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the work has panicked")]
pub(in crate::service) struct Abandoned;

impl Background {
    /// So many threads.
    ///
    /// # Errors
    /// When the system has none.
    pub(super) fn with_threads(number: usize) -> io::Result<Self> {
        let (sender, waiting) = mpsc::channel::<Work>();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..number {
            let waiting = Arc::clone(&waiting);
            thread::Builder::new()
                .name("background".to_owned())
                .spawn(move || {
                    give_way();
                    while let Some(work) = next(&waiting) {
                        // A panic is reported by its hook, and known by the missing outcome.
                        let _ = catch_unwind(AssertUnwindSafe(work));
                    }
                })?;
        }
        Ok(Self(sender))
    }

    /// Does this when its turn comes; not at all if nobody waits for it any more.
    ///
    /// # Errors
    /// [`Abandoned`].
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Abandoned> {
        let (done, outcome) = oneshot::channel();
        let work: Work = Box::new(move || {
            if !done.is_closed() {
                let _ = done.send(work());
            }
        });
        self.0.send(work).map_err(|_| Abandoned)?;
        outcome.await.map_err(|_| Abandoned)
    }
}

fn next(waiting: &Mutex<mpsc::Receiver<Work>>) -> Option<Work> {
    waiting
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .recv()
        .ok()
}

/// Makes this thread one that works while no other wants to. Without it, it works all the same.
fn give_way() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::setpriority_process;
        use rustix::thread::gettid;

        // To Linux a thread is a process of its own.
        let _ = setpriority_process(Some(gettid()), LEAST_PRIORITY);
    }
}
