//! The origin, as the edge sees it: documents to ask for, and a place to pass requests to.

use std::borrow::Cow;

use azat_policy::{Period, Policy};
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
use crate::repository::documents::{self, Document, Kept, Trouble};
use crate::repository::{AccessToken, CacheKey, Entitlement, FileId, FileRecord};
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

/// What is for services and proxies to say, never for a client: who it is, and what it really asks for.
/// An underscore counts as a hyphen, as it does for many servers behind.
const NOT_THE_CLIENTS: [&str; 8] = [
    "x-inner-service-",
    "x-forwarded-",
    "forwarded",
    "proxy-authorization",
    "x-original-url",
    "x-rewrite-url",
    "x-http-method",
    "x-method-override",
];

/// On whose behalf the origin is asked.
pub struct Caller<'c> {
    /// The policy in force.
    pub policy: &'c Policy,
    /// The token, which the origin verifies again.
    pub token: BearerToken<'c>,
    /// The user whom it proves.
    pub user: &'c Principal,
}

/// What a user may read.
///
/// # Errors
/// [`Denial::SessionMissing`], [`Denial::TokenRevoked`], [`Denial::OriginUnavailable`].
pub fn entitlement(
    platform: &mut impl Platform,
    caller: &Caller<'_>,
) -> Result<Entitlement, Denial> {
    let call = Call::post("/edge/entitlements", None);
    let period = caller.policy.freshness.entitlement;
    let key = caller.user.cache_key();
    let got = documents::get(platform, &key, period, |platform| {
        call.ask(platform, caller.token)
    });
    found(got.kept, Denial::SessionMissing)
}

/// Where a file is, and to which source it belongs.
///
/// A record that the gate does not admit is asked for again as often as one that is not there: neither
/// the answer nor the time it takes tells a stranger which of the two it is.
///
/// # Errors
/// [`Denial::FileUnknown`], [`Denial::TokenRevoked`], [`Denial::OriginUnavailable`].
pub fn file(
    platform: &mut impl Platform,
    caller: &Caller<'_>,
    id: &FileId,
    admits: impl FnOnce(&FileRecord) -> bool,
) -> Result<FileRecord, Denial> {
    const AS_IF_ABSENT: Period = Period {
        fresh_seconds: documents::ABSENT_SECONDS,
        stale_seconds: 0,
    };
    let version = id.version.as_ref().map(|version| version.as_str());
    let (catalog, uuid) = (id.catalog.as_str(), id.uuid.as_str());
    let call = Call {
        method: Method::GET,
        path: format!("/edge/files/{catalog}/{uuid}"),
        query: version.map(|version| format!("version={version}")),
    };
    let key = |kind| CacheKey::of(kind, &[catalog, uuid, version.unwrap_or_default()]);
    let period = caller.policy.freshness.file;
    let ask = |platform: &mut _| call.ask(platform, caller.token);
    let got = documents::get(platform, &key("file"), period, ask);
    let kept = match got.kept {
        Kept::Found(file) if !admits(&file) => {
            documents::get(
                platform,
                &key("refused file"),
                AS_IF_ABSENT,
                |platform| match got.asked {
                    true => Kept::Found(file),
                    false => call.ask(platform, caller.token),
                },
            )
            .kept
        }
        kept => kept,
    };
    found(kept, Denial::FileUnknown)
}

/// The user's access token at the identity provider.
///
/// # Errors
/// [`Denial::SessionMissing`], [`Denial::SessionRevoked`], [`Denial::TokenRevoked`],
/// [`Denial::IdentityProviderUnavailable`], [`Denial::OriginUnavailable`].
pub fn access_token(
    platform: &mut impl Platform,
    caller: &Caller<'_>,
) -> Result<AccessToken, Denial> {
    /// The origin says until when to use it, and the provider sets the end: up to then it is still used
    /// while nobody has a newer one.
    const UNTIL_ITS_END: Period = Period {
        fresh_seconds: u32::MAX,
        stale_seconds: u32::MAX,
    };
    let call = Call::post("/edge/access-token", None);
    let key = access_token_key(caller);
    let ask = |platform: &mut _| call.ask(platform, caller.token);
    let got = documents::get(platform, &key, UNTIL_ITS_END, ask);
    found(got.kept, Denial::SessionMissing)
}

/// A newer access token than `failed`, which a repository did not take. None when there is none: the origin
/// does not refresh at will.
///
/// # Errors
/// As [`access_token`].
pub fn newer_access_token(
    platform: &mut impl Platform,
    caller: &Caller<'_>,
    failed: &AccessToken,
) -> Result<Option<AccessToken>, Denial> {
    /// As often as the origin refreshes at most.
    const A_MINUTE: Period = Period {
        fresh_seconds: 60,
        stale_seconds: 0,
    };
    let version = failed.version.to_string();
    let call = Call::post("/edge/refresh", Some(format!("version={version}")));
    let key = caller.user.key_of("newer access token", &version);
    let ask = |platform: &mut _| call.ask(platform, caller.token);
    let got = documents::get(platform, &key, A_MINUTE, ask);
    let newer: AccessToken = found(got.kept, Denial::SessionMissing)?;
    if newer.version <= failed.version {
        return Ok(None);
    }
    documents::replace(platform, &access_token_key(caller), newer.clone());
    Ok(Some(newer))
}

fn access_token_key(caller: &Caller<'_>) -> CacheKey {
    caller.user.key_of("access token", "")
}

fn found<D>(kept: Kept<D>, absent: Denial) -> Result<D, Denial> {
    match kept {
        Kept::Found(document) => Ok(document),
        Kept::Absent => Err(absent),
        Kept::Revoked => Err(Denial::SessionRevoked),
        Kept::Trouble(Trouble::TokenRevoked) => Err(Denial::TokenRevoked),
        Kept::Trouble(Trouble::SessionMissing) => Err(Denial::SessionMissing),
        Kept::Trouble(Trouble::IdentityProvider) => Err(Denial::IdentityProviderUnavailable),
        Kept::Trouble(trouble) => Err(unavailable(trouble)),
    }
}

fn unavailable(trouble: Trouble) -> Denial {
    Denial::OriginUnavailable {
        cause: trouble.as_str(),
    }
}

/// A call to the origin's edge-only endpoints. It carries the user's token: the origin verifies it again
/// and answers for the subject that it finds.
struct Call {
    method: Method,
    path: String,
    query: Option<String>,
}

impl Call {
    fn post(path: &str, query: Option<String>) -> Self {
        Self {
            method: Method::POST,
            path: path.to_owned(),
            query,
        }
    }

    fn ask<D: Document>(&self, platform: &mut impl Platform, token: BearerToken<'_>) -> Kept<D> {
        let call = self.signed(platform, token);
        documents::ask(platform, call)
    }

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
    let mut passed = HttpRequest::new(());
    *passed.method_mut() = request.method.clone();
    *passed.uri_mut() = target(&request.url, segments).ok_or(Denial::RouteUnknown)?;
    *passed.headers_mut() = passed_fields(&request.headers);
    let answer = platform
        .pass_to_origin(passed)
        .map_err(|_| unavailable(Trouble::NoAnswer))?;
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
    let is_claim = |name: &HeaderName| {
        let name = name.as_str().replace('_', "-");
        NOT_THE_CLIENTS.iter().any(|start| name.starts_with(start))
    };
    let claimed: Vec<HeaderName> = (passed.keys())
        .filter(|name| is_claim(name))
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
