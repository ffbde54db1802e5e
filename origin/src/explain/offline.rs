//! The platform on which requests are explained: nothing leaves it.

use std::net::IpAddr;
use std::time::Duration;

use axum::http::header::AUTHORIZATION;
use axum::http::{Request, Response, StatusCode};
use azat_edge::contract::{endpoint, reason};
use azat_edge::platform::{
    CacheKey, Entry, Item, Lookup, Payload, Platform, Progress, Read, Stores, Unreachable, Unread,
    Upstream as To,
};
use azat_edge::time::UnixTime;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::content;
use super::documents::{Documents, TokenUser};
use super::given::Items;
use super::secrets::Secrets;

/// The world around one request: an origin that answers from a file, and upstreams that have every
/// file.
pub(super) struct Offline<'e> {
    now: UnixTime,
    items: &'e Items,
    secrets: &'e Secrets,
    documents: &'e Documents,
    /// The document that was asked for and is not there.
    pub(super) need: Option<Need>,
    /// Where the request went in the end.
    pub(super) upstream: Option<Upstream>,
    /// The size of the file that was asked about.
    size: u64,
}

/// A document that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Need {
    /// What the token's subject may read.
    Entitlement,
    /// The file's record.
    File,
    /// The subject's access token for the repository.
    AccessToken,
}

/// Who answers a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Upstream {
    /// The origin, to which it is passed on.
    Origin,
    /// The mirror.
    Mirror,
    /// The repository behind the backend of that name.
    Repository(String),
}

impl Need {
    /// The reason with which the origin says that it does not have it.
    fn absent(self) -> &'static str {
        match self {
            Self::Entitlement | Self::AccessToken => reason::SESSION_MISSING,
            Self::File => reason::FILE_UNKNOWN,
        }
    }
}

impl<'e> Offline<'e> {
    pub(super) fn new(
        now: UnixTime,
        items: &'e Items,
        secrets: &'e Secrets,
        documents: &'e Documents,
    ) -> Self {
        Self {
            now,
            items,
            secrets,
            documents,
            need: None,
            upstream: None,
            size: 0,
        }
    }

    /// What the origin answers to a call for a document.
    fn answer_of_origin(&mut self, call: &Request<()>) -> Result<Response<Vec<u8>>, Unreachable> {
        let need = match self.document(call) {
            Ok(document) => return Ok(Response::new(document.to_owned())),
            Err(need) => need,
        };
        if !self.documents.complete {
            // Both documents are asked for side by side; the first is what the decision waits for.
            self.need = self.need.or(Some(need));
            return Err(Unreachable);
        }
        let problem = json!({ "reason": need.absent() });
        let mut answer = Response::new(problem.to_string().into_bytes());
        *answer.status_mut() = StatusCode::NOT_FOUND;
        Ok(answer)
    }

    /// The document that a call asks for.
    fn document(&mut self, call: &Request<()>) -> Result<&'e [u8], Need> {
        let documents = self.documents;
        let of_user = |find: fn(&'e Documents, &TokenUser) -> Option<&'e [u8]>| {
            bearer(call).and_then(|user| find(documents, &user))
        };
        match call.uri().path() {
            endpoint::ENTITLEMENTS => {
                of_user(|documents, user| documents.entitlement(user)).ok_or(Need::Entitlement)
            }
            endpoint::ACCESS_TOKEN => {
                of_user(|documents, user| documents.access_token(user)).ok_or(Need::AccessToken)
            }
            path => {
                let name = path
                    .strip_prefix(endpoint::FILES_PREFIX)
                    .ok_or(Need::File)?;
                let version = call
                    .uri()
                    .query()
                    .and_then(|query| query.strip_prefix("version="));
                let answer = documents.file(name, version).ok_or(Need::File)?;
                self.size = answer.size;
                Ok(&answer.body)
            }
        }
    }
}

/// The claims that name a user. A token may have others that are named like members of a documents
/// file.
#[derive(Deserialize)]
struct Claims {
    #[serde(default)]
    iss: String,
    sub: String,
}

/// Whose token a call carries. The edge has verified it.
fn bearer(call: &Request<()>) -> Option<TokenUser> {
    let authorization = call.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let claims = authorization.split('.').nth(1)?;
    let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    Some(TokenUser {
        issuer: claims.iss,
        subject: claims.sub,
    })
}

impl Platform for Offline<'_> {
    type Body = Vec<u8>;
    type Lead = ();
    type Joining = ();
    type Sent = Result<Response<Vec<u8>>, Unreachable>;

    fn now(&self) -> UnixTime {
        self.now
    }

    /// The same request is explained in the same way.
    fn random(&mut self) -> u32 {
        0
    }

    /// Nothing takes any time here.
    fn clock(&self) -> Duration {
        Duration::ZERO
    }

    fn client_address(&self) -> Option<IpAddr> {
        None
    }

    fn pause(&mut self, _: Duration) {}

    /// There is no cache: each document is asked for, so none is too old.
    fn recall(&mut self, _: &CacheKey) -> Option<Vec<u8>> {
        None
    }

    fn keep(&mut self, _: &CacheKey, _: Entry) {}

    fn join(&mut self, _: &CacheKey) {}

    fn joined(&mut self, (): ()) -> Progress<(), Lookup<()>> {
        Progress::Done(Lookup::Unavailable)
    }

    fn insert(&mut self, (): (), _: Entry) {}

    fn release(&mut self, (): ()) {}

    fn contend(&mut self, _: &CacheKey) -> Option<()> {
        None
    }

    fn send(
        &mut self,
        to: To<'_>,
        request: Request<Payload>,
    ) -> Result<Response<Vec<u8>>, Unreachable> {
        match to {
            To::Origin => {
                self.upstream = Some(Upstream::Origin);
                Ok(Response::new(Vec::new()))
            }
            To::Mirror => {
                self.upstream = Some(Upstream::Mirror);
                Ok(content::answer(request.headers(), self.size))
            }
            To::Repository(backend) => {
                self.upstream = Some(Upstream::Repository(backend.to_owned()));
                Ok(content::answer(request.headers(), self.size))
            }
        }
    }

    fn dispatch(&mut self, _: To<'_>, request: Request<()>) -> Self::Sent {
        self.answer_of_origin(&request)
    }

    fn arrived(&mut self, sent: Self::Sent) -> Progress<Self::Sent, Self::Sent> {
        Progress::Done(sent)
    }

    /// Documents are as long as whoever wrote them made them.
    fn read(&mut self, body: Vec<u8>, _: usize) -> Result<Vec<u8>, Unread> {
        Ok(body)
    }
}

impl Stores for Offline<'_> {
    fn item(&mut self, item: Item) -> Read {
        self.items.read(item)
    }

    fn secret(&mut self, name: &str) -> Option<Vec<u8>> {
        self.secrets.entry(name)
    }
}
