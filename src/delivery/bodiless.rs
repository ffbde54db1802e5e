//! Answers about a file that bring none of its bytes: its record says all there is to say.

use http::header::{CONTENT_LENGTH, CONTENT_RANGE, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, Response, StatusCode};

use super::content;
use crate::answer::Body;
use crate::contract::FileRecord;

/// An answer without a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bodiless {
    /// The client has the file.
    NotModified,
    /// The file is not one that the client means.
    PreconditionFailed,
    /// The client has all of the file, and asked for what comes after its end.
    Finished,
    /// The file has no such part.
    RangeNotSatisfiable,
}

impl Bodiless {
    fn status(self) -> StatusCode {
        match self {
            Self::NotModified => StatusCode::NOT_MODIFIED,
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
            Self::Finished => StatusCode::PARTIAL_CONTENT,
            Self::RangeNotSatisfiable => StatusCode::RANGE_NOT_SATISFIABLE,
        }
    }

    /// The answer, about that file.
    pub(super) fn answer<B>(self, file: &FileRecord) -> Response<Body<B>> {
        let mut response = Response::new(Body::Empty);
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        content::identify(headers, file);
        // A field about the body would be about the one that the client has.
        if self == Self::NotModified {
            return response;
        }
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if let Self::Finished | Self::RangeNotSatisfiable = self
            && let Ok(range) = HeaderValue::try_from(format!("bytes */{}", file.size))
        {
            headers.insert(CONTENT_RANGE, range);
        }
        response
    }
}
