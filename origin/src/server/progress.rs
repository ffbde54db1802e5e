//! How far a connection has come with its request.

use std::mem;

use tokio::sync::watch;

/// Where a connection is. The client is waited for in all of it but `Answer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing of the next request is there.
    Idle,
    /// The head of a request is arriving, or the connection is new.
    Head,
    /// The body of a request is arriving.
    Body,
    /// The service is answering.
    Answer,
    /// All is said, and the client has not ended the connection.
    Closing,
}

/// A stage, and whether the client takes what is sent to it meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Progress {
    pub(super) stage: Stage,
    /// Something waits to be sent that the client has no room for.
    pub(super) is_stalled: bool,
}

impl Progress {
    /// Of a new connection.
    pub(super) const BEGIN: Self = Self {
        stage: Stage::Head,
        is_stalled: false,
    };

    /// Nothing is owed to the client: whoever comes may have its place.
    pub(super) fn gives_way(self) -> bool {
        self.stage != Stage::Answer && !self.is_stalled
    }
}

/// Tells where a connection is. Clones tell of the same connection.
#[derive(Clone)]
pub(super) struct Reporter(watch::Sender<Progress>);

impl Reporter {
    /// Of a new connection, and how to follow it.
    pub(super) fn new() -> (Self, watch::Receiver<Progress>) {
        let (sender, receiver) = watch::channel(Progress::BEGIN);
        (Self(sender), receiver)
    }

    /// The connection has come to this stage.
    pub(super) fn reached(&self, stage: Stage) {
        self.0.send_modify(|progress| progress.stage = stage);
    }

    pub(super) fn has_reached(&self, stage: Stage) -> bool {
        self.0.borrow().stage == stage
    }

    /// The client has sent something.
    pub(super) fn received(&self) {
        self.0.send_if_modified(|progress| {
            let is_first = progress.stage == Stage::Idle && !progress.is_stalled;
            if is_first {
                progress.stage = Stage::Head;
            }
            is_first
        });
    }

    /// Something was sent to the client, or has to wait. Each thing that it takes after a wait is
    /// news, so that its patience begins anew.
    pub(super) fn sent(&self, has_to_wait: bool) {
        self.0.send_if_modified(|progress| {
            mem::replace(&mut progress.is_stalled, has_to_wait) != has_to_wait
        });
    }
}
