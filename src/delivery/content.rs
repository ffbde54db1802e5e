//! The content of a file: how an upstream is asked for it, and what the client gets of the answer.
//!
//! Mirror and repository are asked in the same way, and trusted as little: what is announced to the
//! client comes from the file's record, and an answer that does not fit it is not passed on.

use http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING,
    CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, LAST_MODIFIED, RANGE,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Request as HttpRequest, Response, StatusCode, Uri};

use super::content_disposition::attachment;
use super::range::{self, CONDITIONS, Extent};
use crate::answer::Body;
use crate::contract::FileRecord;
use crate::platform::Payload;
use crate::request::Request;

/// What the client gets to see of the upstream's fields; the others come from the file record.
const RETURNED: [HeaderName; 4] = [ACCEPT_RANGES, CONTENT_RANGE, ETAG, LAST_MODIFIED];

const REPR_DIGEST: HeaderName = HeaderName::from_static("repr-digest");

/// A request for a file's content. It says nothing of who makes it.
pub(super) struct ContentCall {
    request: HttpRequest<Payload>,
    for_part: bool,
}

/// Why an answer is not passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unusable(pub &'static str);

impl ContentCall {
    /// The call for what `request` asks of the file at `target`: a path, with a query if need be.
    pub(super) fn new(target: Uri, request: &Request, extent: Extent) -> Self {
        let mut call = HttpRequest::new(Payload::Empty);
        *call.method_mut() = request.method.clone();
        *call.uri_mut() = target;
        let headers = call.headers_mut();
        for name in CONDITIONS {
            for value in request.headers.get_all(&name) {
                headers.append(name.clone(), value.clone());
            }
        }
        let for_part = match extent {
            Extent::Part(range) => headers.insert(RANGE, range).is_none(),
            Extent::Whole | Extent::Nothing => false,
        };
        // Compressed on the way, ranges and digests would be about other bytes.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        Self {
            request: call,
            for_part,
        }
    }

    /// The request to send.
    pub(super) fn request(&self) -> HttpRequest<Payload> {
        self.request.clone()
    }

    /// Makes the client's answer from the upstream's.
    ///
    /// # Errors
    /// [`Unusable`] for any answer that is not about the file as its record describes it.
    pub(super) fn answer<B>(
        &self,
        file: &FileRecord,
        answer: Response<B>,
    ) -> Result<Response<Body<B>>, Unusable> {
        let (head, body) = answer.into_parts();
        let length = match head.status {
            StatusCode::OK => Some(file.size),
            StatusCode::PARTIAL_CONTENT => Some(self.length_of_part(&head.headers, file.size)?),
            // These say all they have to say in their fields.
            StatusCode::NOT_MODIFIED
            | StatusCode::PRECONDITION_FAILED
            | StatusCode::RANGE_NOT_SATISFIABLE => None,
            _ => return Err(Unusable("it answered with an error")),
        };
        let mut response = Response::new(match length {
            Some(_) => Body::Upstream(body),
            None => Body::Empty,
        });
        *response.status_mut() = head.status;
        let headers = response.headers_mut();
        for name in RETURNED {
            if let Some(value) = head.headers.get(&name) {
                headers.insert(name, value.clone());
            }
        }
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if let Some(length) = length {
            check_content(&head.headers, length)?;
            headers.insert(CONTENT_LENGTH, length.into());
            describe(headers, file)?;
        }
        Ok(response)
    }

    fn length_of_part(&self, headers: &HeaderMap, size: u64) -> Result<u64, Unusable> {
        (headers.get(CONTENT_RANGE).filter(|_| self.for_part))
            .and_then(|content_range| range::length_of_part(content_range, size))
            .ok_or(Unusable("its part is not one of the file"))
    }
}

/// Checks that the content is what will be announced. The length is always announced, from the
/// record where the upstream does not give it: without it, a client could not tell that a body was
/// cut.
fn check_content(headers: &HeaderMap, length: u64) -> Result<(), Unusable> {
    let text = |name: HeaderName| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    if text(CONTENT_LENGTH).is_some_and(|digits| digits.parse() != Ok(length)) {
        return Err(Unusable("its file has another length than the record"));
    }
    if text(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(Unusable("its file is encoded"));
    }
    Ok(())
}

/// The fields that come from the record.
fn describe(headers: &mut HeaderMap, file: &FileRecord) -> Result<(), Unusable> {
    let value = |text: &str| {
        HeaderValue::from_str(text)
            .map_err(|_| Unusable("the record has a member that no field can hold"))
    };
    headers.insert(CONTENT_TYPE, value(file.content_type.as_str())?);
    headers.insert(CONTENT_DISPOSITION, value(&attachment(&file.name))?);
    headers.insert(REPR_DIGEST, value(&file.digest.repr_digest())?);
    Ok(())
}

#[cfg(test)]
mod tests;
