//! The origin, as the edge sees it: two documents to ask for, and a place to pass requests to.

use std::borrow::Cow;

use azat_policy::Policy;
use http::header::{
    AUTHORIZATION, CONNECTION, HOST, HeaderName, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, HeaderValue, Method, Request as HttpRequest, Response, Uri};
use url::Url;

use crate::answer::Body;
use crate::credential::BearerToken;
use crate::denial::Denial;
use crate::origin_call::{self, SignedParts};
use crate::platform::Platform;
use crate::principal::Principal;
use crate::repository::documents::{self, NoDocument, Trouble};
use crate::repository::{CacheKey, Entitlement, FileId, FileRecord};
use crate::request::Request;

const SIGNATURE: HeaderName = HeaderName::from_static("signature");
const SIGNATURE_INPUT: HeaderName = HeaderName::from_static("signature-input");

/// Fields about one connection, which end at the edge (RFC 9110, 7.6.1).
const HOP_BY_HOP: [HeaderName; 7] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// What begins so is for services to say of themselves, never for a client.
const IDENTITY_PREFIX: &str = "x-inner-service-";

/// What a user may read.
///
/// # Errors
/// [`Denial::SessionMissing`], [`Denial::OriginUnavailable`].
pub fn entitlement(
    platform: &mut impl Platform,
    policy: &Policy,
    token: BearerToken<'_>,
    user: &Principal,
) -> Result<Entitlement, Denial> {
    let call = Call {
        method: Method::POST,
        path: "/edge/entitlements".to_owned(),
        query: None,
    };
    let period = policy.freshness.entitlement;
    document(
        platform,
        &user.cache_key(),
        period,
        call,
        token,
        Denial::SessionMissing,
    )
}

/// Where a file is, and to which source it belongs.
///
/// # Errors
/// [`Denial::FileUnknown`], [`Denial::OriginUnavailable`].
pub fn file(
    platform: &mut impl Platform,
    policy: &Policy,
    token: BearerToken<'_>,
    id: &FileId,
) -> Result<FileRecord, Denial> {
    let FileId {
        catalog,
        uuid,
        version,
    } = id;
    let version = version.as_ref().map(|version| version.as_str());
    let call = Call {
        method: Method::GET,
        path: format!("/edge/files/{}/{}", catalog.as_str(), uuid.as_str()),
        query: version.map(|version| format!("version={version}")),
    };
    let parts = [catalog.as_str(), uuid.as_str(), version.unwrap_or_default()];
    let key = CacheKey::of("file", &parts);
    document(
        platform,
        &key,
        policy.freshness.file,
        call,
        token,
        Denial::FileUnknown,
    )
}

fn document<D: documents::Document>(
    platform: &mut impl Platform,
    key: &CacheKey,
    period: azat_policy::Period,
    call: Call,
    token: BearerToken<'_>,
    absent: Denial,
) -> Result<D, Denial> {
    documents::get(platform, key, period, |platform| {
        call.signed(platform, token)
    })
    .map_err(|why| match why {
        NoDocument::Absent => absent,
        NoDocument::Trouble(trouble) => Denial::OriginUnavailable {
            cause: trouble.as_str(),
        },
    })
}

/// A call to the origin's edge-only endpoints. It carries the user's token: the origin verifies it again
/// and answers for the subject that it finds.
struct Call {
    method: Method,
    path: String,
    query: Option<String>,
}

impl Call {
    fn signed(
        &self,
        platform: &mut impl Platform,
        token: BearerToken<'_>,
    ) -> Option<HttpRequest<()>> {
        let secret = platform.edge_secret()?;
        let authorization = token.authorization();
        let parts = SignedParts {
            method: self.method.as_str(),
            path: &self.path,
            query: self.query.as_deref(),
            authorization: &authorization,
        };
        let fields = origin_call::sign(&secret, parts, platform.now());
        let target = match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        };
        HttpRequest::builder()
            .method(self.method.clone())
            .uri(target)
            .header(AUTHORIZATION, authorization)
            .header(SIGNATURE_INPUT, fields.signature_input)
            .header(SIGNATURE, fields.signature)
            .body(())
            .ok()
    }
}

/// Passes a request on as it is: what it asks for, and who asks, is for the origin to judge.
///
/// # Errors
/// [`Denial::OriginUnavailable`].
pub fn pass<P: Platform>(
    platform: &mut P,
    request: &Request,
    segments: &[Cow<'_, str>],
) -> Result<Response<Body<P::Body>>, Denial> {
    let trouble = |trouble: Trouble| Denial::OriginUnavailable {
        cause: trouble.as_str(),
    };
    let mut passed = HttpRequest::new(());
    *passed.method_mut() = request.method.clone();
    *passed.uri_mut() = target(&request.url, segments).ok_or(Denial::RouteUnknown)?;
    *passed.headers_mut() = passed_fields(&request.headers);
    let answer = platform
        .pass_to_origin(passed)
        .map_err(|_| trouble(Trouble::NoAnswer))?;
    let mut response = answer.map(Body::Upstream);
    *response.headers_mut() = end_to_end(response.headers());
    Ok(response)
}

/// The target whose path was routed, spelled anew from the segments that were compared.
fn target(url: &Url, segments: &[Cow<'_, str>]) -> Option<Uri> {
    let mut url = url.clone();
    url.path_segments_mut().ok()?.clear().extend(segments);
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    Uri::try_from(target).ok()
}

/// A client's fields without those that are not its to send.
fn passed_fields(headers: &HeaderMap) -> HeaderMap {
    let mut passed = end_to_end(headers);
    passed.remove(HOST);
    passed.remove(SIGNATURE);
    passed.remove(SIGNATURE_INPUT);
    let claimed: Vec<HeaderName> = (passed.keys())
        .filter(|name| name.as_str().starts_with(IDENTITY_PREFIX))
        .cloned()
        .collect();
    for name in claimed {
        passed.remove(name);
    }
    passed
}

/// The fields that are not about one connection.
fn end_to_end(headers: &HeaderMap) -> HeaderMap {
    let listed: Vec<&str> = (headers.get_all(CONNECTION).iter())
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(',').map(str::trim))
        .collect();
    let is_listed = |name: &HeaderName| {
        listed
            .iter()
            .any(|own| own.eq_ignore_ascii_case(name.as_str()))
    };
    let kept = headers
        .iter()
        .filter(|(name, _)| !HOP_BY_HOP.contains(name) && !is_listed(name));
    let mut end_to_end = HeaderMap::new();
    for (name, value) in kept {
        end_to_end.append(name.clone(), HeaderValue::clone(value));
    }
    end_to_end
}
