//! Delivery: how the bytes of a granted file reach the client.

use azat_policy::{Delivery, Mirror};
use http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING,
    CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, IF_MATCH, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, LAST_MODIFIED, LOCATION, RANGE,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Request as HttpRequest, Response, StatusCode, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use url::Url;

use super::{FileRecord, MirrorKey, range};
use crate::answer::Body;
use crate::denial::Denial;
use crate::gate::Grant;
use crate::platform::Unreachable;
use crate::request::Request;

/// What the mirror gets to see of a request: nothing that says who makes it.
const FORWARDED: [HeaderName; 6] = [
    RANGE,
    IF_RANGE,
    IF_MATCH,
    IF_NONE_MATCH,
    IF_MODIFIED_SINCE,
    IF_UNMODIFIED_SINCE,
];

/// What the client gets to see of the mirror's answer; the rest comes from the file record.
const RETURNED: [HeaderName; 6] = [
    ACCEPT_RANGES,
    CONTENT_ENCODING,
    CONTENT_LENGTH,
    CONTENT_RANGE,
    ETAG,
    LAST_MODIFIED,
];

const REPR_DIGEST: HeaderName = HeaderName::from_static("repr-digest");

/// What is to be done for a grant.
pub enum Plan<B> {
    /// Answer this.
    Answer(Response<Body<B>>),
    /// Ask the mirror, and answer what [`from_mirror`] makes of it.
    Stream(HttpRequest<()>),
}

/// Plans the delivery of a granted file.
///
/// # Errors
/// [`Denial::FileNotDownloadable`] for a file that no mirror holds.
pub fn plan<B>(
    grant: &Grant<'_>,
    delivery: Delivery,
    mirror: &Mirror,
    request: &Request,
) -> Result<Plan<B>, Denial> {
    let file = grant.file();
    let key = file
        .mirror_key
        .as_ref()
        .ok_or(Denial::FileNotDownloadable)?;
    if range::resumes_finished_file(&request.headers, file.size) {
        return Ok(Plan::Answer(finished(file.size)));
    }
    Ok(match delivery {
        Delivery::Redirect => Plan::Answer(redirect(&location(mirror, key)?)),
        Delivery::Stream => Plan::Stream(mirror_request(key, request)?),
    })
}

/// Azul's emulated redirect for clients that cannot follow a real one: 200 with
/// `{"Status":302,"Location":…}`.
///
/// # Errors
/// [`Denial::FileNotDownloadable`] for a file that no mirror holds.
pub fn fetch<B>(grant: &Grant<'_>, mirror: &Mirror) -> Result<Response<Body<B>>, Denial> {
    let key = (grant.file().mirror_key.as_ref()).ok_or(Denial::FileNotDownloadable)?;
    let location = location(mirror, key)?;
    let body = json!({"Status": 302, "Location": location.as_str()}).to_string();
    let mut response = Response::new(Body::Text(body));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The denial for a mirror that gives no answer.
pub fn unreachable(_: Unreachable) -> Denial {
    Denial::MirrorUnavailable {
        cause: "the mirror gave no answer",
    }
}

/// Makes the client's answer from the mirror's.
///
/// # Errors
/// [`Denial::MirrorUnavailable`] for any answer that is not about the file.
pub fn from_mirror<B>(file: &FileRecord, answer: Response<B>) -> Result<Response<Body<B>>, Denial> {
    let unusable = |cause| Err(Denial::MirrorUnavailable { cause });
    let (head, body) = answer.into_parts();
    let body = match head.status {
        StatusCode::OK if !has_length(&head.headers, file.size) => {
            return unusable("the mirror's file has another length than its record");
        }
        StatusCode::OK | StatusCode::PARTIAL_CONTENT => Body::Upstream(body),
        // These say all they have to say in their fields.
        StatusCode::NOT_MODIFIED | StatusCode::PRECONDITION_FAILED => Body::Empty,
        StatusCode::RANGE_NOT_SATISFIABLE => Body::Empty,
        StatusCode::NOT_FOUND => return unusable("the mirror does not have the file"),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            return unusable("the mirror refuses the edge");
        }
        status if status.is_redirection() => return unusable("the mirror redirects"),
        _ => return unusable("the mirror answered with an error"),
    };
    let with_content = matches!(body, Body::Upstream(_));
    let mut response = Response::new(body);
    *response.status_mut() = head.status;
    let headers = response.headers_mut();
    for name in RETURNED {
        let about_content = name == CONTENT_LENGTH || name == CONTENT_ENCODING;
        if let Some(value) = head
            .headers
            .get(&name)
            .filter(|_| with_content || !about_content)
        {
            headers.insert(name, value.clone());
        }
    }
    describe(headers, file, with_content)?;
    Ok(response)
}

/// The fields that come from the record.
fn describe(headers: &mut HeaderMap, file: &FileRecord, with_content: bool) -> Result<(), Denial> {
    let value = |text: &str| {
        let cause = "the file's record has a member that no field can hold";
        HeaderValue::from_str(text).map_err(|_| Denial::OriginUnavailable { cause })
    };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if with_content {
        headers.insert(CONTENT_TYPE, value(file.content_type.as_str())?);
        headers.insert(CONTENT_DISPOSITION, value(&attachment(&file.name))?);
        headers.insert(REPR_DIGEST, value(&file.digest.repr_digest())?);
    }
    Ok(())
}

fn has_length(headers: &HeaderMap, size: u64) -> bool {
    let length = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok());
    length.is_none_or(|digits| digits.parse() == Ok(size))
}

fn mirror_request(key: &MirrorKey, request: &Request) -> Result<HttpRequest<()>, Denial> {
    let mut call = HttpRequest::new(());
    *call.method_mut() = request.method.clone();
    // A key's grammar leaves nothing that a URI could not hold.
    *call.uri_mut() =
        Uri::try_from(format!("/{}", key.as_str())).map_err(|_| Denial::MirrorUnavailable {
            cause: "the mirror key is not a path",
        })?;
    for name in FORWARDED {
        for value in request.headers.get_all(&name) {
            call.headers_mut().append(name.clone(), value.clone());
        }
    }
    // Compressed on the way, ranges and digests would be about other bytes.
    (call.headers_mut()).insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    Ok(call)
}

fn location(mirror: &Mirror, key: &MirrorKey) -> Result<Url, Denial> {
    let base = mirror.redirect_base.as_ref();
    base.and_then(|base| base.join(key.as_str()).ok())
        .ok_or(Denial::ConfigurationBroken {
            cause: "mirror.redirect_base is missing".to_owned(),
        })
}

fn redirect<B>(location: &Url) -> Response<Body<B>> {
    let mut response = Response::new(Body::Empty);
    *response.status_mut() = StatusCode::FOUND;
    let headers = response.headers_mut();
    // A URL is ASCII without control characters once it is parsed.
    if let Ok(location) = HeaderValue::from_str(location.as_str()) {
        headers.insert(LOCATION, location);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn finished<B>(size: u64) -> Response<Body<B>> {
    let mut response = Response::new(Body::Empty);
    *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    let headers = response.headers_mut();
    if let Ok(range) = HeaderValue::from_str(&format!("bytes */{size}")) {
        headers.insert(CONTENT_RANGE, range);
    }
    headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// `attachment` with the file's own name: as plain ASCII for old clients, exactly for others
/// (RFC 6266, 4.3; RFC 8187).
fn attachment(name: &str) -> String {
    const EXTENDED: AsciiSet = NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    let base_name = name.rsplit('/').next().unwrap_or(name);
    let plain: String = (base_name.chars())
        .map(|c| match c {
            '"' | '\\' | '%' => '_',
            ' '..='~' => c,
            _ => '_',
        })
        .collect();
    let extended = utf8_percent_encode(base_name, &EXTENDED);
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{extended}")
}

#[cfg(test)]
mod tests;
