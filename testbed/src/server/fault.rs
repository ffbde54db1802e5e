//! The ways in which a stand-in misbehaves, and the switch for them.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use axum::body::Body;
use futures_util::{StreamExt, future, stream};
use tokio::sync::watch;

/// A way for a stand-in to misbehave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Answers with this status and no body.
    Status(u16),
    /// Answers 503, and says when to come back.
    Busy {
        /// As in `30`.
        retry_after: &'static str,
    },
    /// Answers with this status and this text.
    Answer {
        /// The status.
        status: u16,
        /// The text.
        body: &'static str,
    },
    /// Answers 401 with a challenge.
    Unauthorized,
    /// Answers 302, without a body.
    Redirect {
        /// The `Location`.
        to: &'static str,
    },
    /// Takes requests, but neither does nor answers what they ask until this is over. If another
    /// fault takes its place, they meet that one.
    Stall,
    /// Does at once what requests ask, and answers this much later, so that the asker can be ended
    /// in between.
    Delay(Duration),
    /// Knows nothing of ranges: whoever asks for a part gets the whole file.
    IgnoreRanges,
    /// Whoever asks for a part gets this one.
    OtherRange {
        /// As in `bytes=0-9`.
        range: &'static str,
    },
    /// Answers with a field that it should not have.
    Field {
        /// Its name, in lower case.
        name: &'static str,
        /// Its value.
        value: &'static str,
    },
    /// Announces the whole body, sends this many bytes of it and closes the connection. A body that
    /// is not longer than that arrives whole.
    CutBody {
        /// How many bytes arrive.
        after: u64,
    },
}

/// The faults in force.
#[derive(Default)]
pub(crate) struct FaultSwitch(watch::Sender<Faults>);

#[derive(Default)]
struct Faults {
    everywhere: Option<Fault>,
    by_path: BTreeMap<String, Fault>,
}

impl Faults {
    fn at(&self, path: &str) -> Option<Fault> {
        self.by_path.get(path).copied().or(self.everywhere)
    }
}

impl FaultSwitch {
    /// From now on requests meet `fault`, except for paths that have their own.
    pub(crate) fn set(&self, fault: Fault) {
        self.0.send_modify(|faults| faults.everywhere = Some(fault));
    }

    /// From now on requests for `path` meet `fault`.
    pub(crate) fn set_at(&self, path: &str, fault: Fault) {
        self.0.send_modify(|faults| {
            faults.by_path.insert(path.to_owned(), fault);
        });
    }

    /// Ends all faults.
    pub(crate) fn clear(&self) {
        self.0.send_replace(Faults::default());
    }

    /// What a request for `path` meets now.
    pub(crate) fn at(&self, path: &str) -> Option<Fault> {
        self.0.borrow().at(path)
    }

    /// Waits until a request for `path` does not stall any more.
    pub(crate) async fn stall_is_over(&self, path: &str) {
        let over = |faults: &Faults| faults.at(path) != Some(Fault::Stall);
        // The sender is `self`, so the wait cannot fail.
        let _ = self.0.subscribe().wait_for(over).await;
    }
}

/// A body whose announced length stays, but which breaks off. Breaking makes the server close the
/// connection at once, with what it had not written yet; the pause lets it write that first.
pub(crate) fn cut(body: Body, after: u64) -> Body {
    let first_bytes = body.into_data_stream().scan(after, |left, chunk| {
        future::ready(match chunk {
            _ if *left == 0 => None,
            Ok(mut chunk) => {
                chunk.truncate(usize::try_from(*left).unwrap_or(usize::MAX));
                *left -= chunk.len() as u64;
                Some(Ok(chunk))
            }
            error => Some(error),
        })
    });
    let broken = stream::once(async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        Err(axum::Error::new(io::Error::other("cut")))
    });
    Body::from_stream(first_bytes.chain(broken))
}

#[cfg(test)]
mod tests;
