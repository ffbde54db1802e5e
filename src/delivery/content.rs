//! The content of a file: how an upstream is asked for it, and what the client gets of the answer.
//!
//! Mirror and repository are asked in the same way, and trusted as little. They see a plain request
//! for all of a file or for one part of it; what the client has of it already is between client and
//! edge. All fields that the client gets come from the file's record, and an answer is passed on if
//! it is what was asked for, and in no other case.

use http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH,
    CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Method, Request as HttpRequest, Response, Uri};

use super::content_disposition::attachment;
use super::range::Part;
use super::unusable::{self, REPR_DIGEST, Unusable};
use crate::answer::Body;
use crate::contract::FileRecord;
use crate::platform::Payload;

/// A request for a file's content. It says nothing of who makes it.
pub(super) struct ContentCall {
    request: HttpRequest<Payload>,
    /// The part that is asked for; all if none.
    part: Option<Part>,
    /// The name under which it is saved.
    name: String,
}

impl ContentCall {
    /// The call for a part of the file at `target`, or all of it; `target` is a path, with a query
    /// if need be.
    pub(super) fn new(target: Uri, method: Method, part: Option<Part>, name: String) -> Self {
        let mut call = HttpRequest::new(Payload::Empty);
        *call.method_mut() = method;
        *call.uri_mut() = target;
        let headers = call.headers_mut();
        if let Some(range) = part.and_then(|part| HeaderValue::try_from(part.range()).ok()) {
            headers.insert(RANGE, range);
        }
        // Compressed on the way, ranges and digests would be about other bytes.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        Self {
            request: call,
            part,
            name,
        }
    }

    /// The request to send.
    pub(super) fn request(&self) -> HttpRequest<Payload> {
        self.request.clone()
    }

    /// Makes the client's answer from the upstream's.
    ///
    /// # Errors
    /// [`Unusable`] for any answer but the one that was asked for, about the file as its record
    /// describes it.
    pub(super) fn answer<B>(
        &self,
        file: &FileRecord,
        answer: Response<B>,
    ) -> Result<Response<Body<B>>, Unusable> {
        let (head, body) = answer.into_parts();
        unusable::check(head.status, &head.headers, file, self.part)?;
        let mut response = Response::new(Body::Upstream(body));
        *response.status_mut() = head.status;
        let headers = response.headers_mut();
        identify(headers, file);
        describe(headers, file, &self.name);
        // Always announced, also where the upstream does not say it: without it, a client could not
        // tell that a body was cut.
        let length = self.part.map_or(file.size, Part::length);
        headers.insert(CONTENT_LENGTH, length.into());
        if let Some(part) = self.part {
            insert(headers, CONTENT_RANGE, &part.content_range());
        }
        Ok(response)
    }
}

/// The fields that say which file it is, whoever has it already.
pub(super) fn identify(headers: &mut HeaderMap, file: &FileRecord) {
    insert(headers, ETAG, &format!("\"{}\"", file.digest));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
}

/// The fields that say what comes.
fn describe(headers: &mut HeaderMap, file: &FileRecord, name: &str) {
    insert(headers, CONTENT_TYPE, file.content_type.as_str());
    insert(headers, CONTENT_DISPOSITION, &attachment(name));
    insert(headers, REPR_DIGEST, &file.digest.repr_digest());
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

/// The members of a record are of types that a field can hold, whatever they are.
fn insert(headers: &mut HeaderMap, name: HeaderName, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests;
