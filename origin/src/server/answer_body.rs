//! An answer's body, which reports when it is over.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use hyper::body::{Body as Streamed, Frame, SizeHint};

use super::progress::{Reporter, Stage};

/// A body after which the connection waits for another request.
pub(super) struct AnswerBody {
    body: Body,
    reporter: Reporter,
}

impl AnswerBody {
    pub(super) const fn new(body: Body, reporter: Reporter) -> Self {
        Self { body, reporter }
    }
}

impl Streamed for AnswerBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for AnswerBody {
    fn drop(&mut self) {
        self.reporter.reached(Stage::Idle);
    }
}
