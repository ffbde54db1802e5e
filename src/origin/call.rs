//! A signed call to one of the origin's edge-only endpoints, and what its answer means.

use http::header::AUTHORIZATION;
use http::response::Parts;
use http::{Method, Request, Response, StatusCode};
use serde::Deserialize;

use super::finding::Finding;
use super::trouble::Trouble;
use crate::contract::signature::{self, EdgeSecret, SIGNATURE, SIGNATURE_INPUT, SignedParts};
use crate::contract::{Document, EDGE_ORIGIN_SECRET, MAXIMUM_DOCUMENT, reason};
use crate::credential::BearerToken;
use crate::denial::RetryAfter;
use crate::platform::{Platform, Unread};
use crate::time::UnixTime;

/// A call to the origin's edge-only endpoints. It carries the user's token: the origin verifies it
/// again and answers for the subject that it finds.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Option<String>,
}

impl Call {
    pub(super) fn post(path: &str, query: Option<String>) -> Self {
        Self {
            method: Method::POST,
            path: path.to_owned(),
            query,
        }
    }

    /// The request; `None` where there is no good secret to sign it with.
    pub(super) fn signed(
        &self,
        platform: &mut impl Platform,
        token: BearerToken<'_>,
    ) -> Option<Request<()>> {
        let secret = EdgeSecret::new(&platform.secret(EDGE_ORIGIN_SECRET)?).ok()?;
        let authorization = token.authorization();
        let parts = SignedParts {
            method: self.method.as_str(),
            path: &self.path,
            query: self.query.as_deref(),
            authorization: &authorization,
        };
        let fields = signature::sign(&secret, parts, platform.now());
        let target = match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        };
        Request::builder()
            .method(self.method.clone())
            .uri(target)
            .header(AUTHORIZATION, authorization)
            .header(SIGNATURE_INPUT, fields.signature_input)
            .header(SIGNATURE, fields.signature)
            .body(())
            .ok()
    }
}

/// What an answer means that has arrived, if it is about what was asked for.
pub(super) fn read<P: Platform, D: Document>(
    platform: &mut P,
    answer: Response<P::Body>,
    asked: D::About<'_>,
) -> Finding<D> {
    let (head, body) = answer.into_parts();
    match platform.read(body, MAXIMUM_DOCUMENT) {
        Ok(content) => match understand::<D>(&head, &content, platform.now()) {
            Finding::Found(document) if !document.is_about(asked) => {
                Finding::Trouble(Trouble::AboutAnother)
            }
            finding => finding,
        },
        Err(Unread::TooLong) => Finding::Trouble(Trouble::TooLong),
        Err(Unread::BrokenOff) => Finding::Trouble(Trouble::BrokenOff),
    }
}

fn understand<D: Document>(head: &Parts, content: &[u8], now: UnixTime) -> Finding<D> {
    if head.status == StatusCode::OK {
        return match serde_json::from_slice(content) {
            Ok(document) => Finding::Found(document),
            Err(_) => Finding::Trouble(Trouble::Unreadable),
        };
    }
    let retry_after = RetryAfter::told_by(&head.headers, now);
    match (head.status.as_u16(), reason_in(content)) {
        (404, Some(absent)) if absent == D::ABSENT => Finding::Absent,
        (404, Some(reason::SESSION_MISSING)) => Finding::Trouble(Trouble::SessionMissing),
        (410, Some(reason::SESSION_REVOKED)) => Finding::Revoked,
        (401, Some(reason::TOKEN_REVOKED)) => Finding::Trouble(Trouble::TokenRevoked),
        (503, Some(reason::IDENTITY_PROVIDER_UNAVAILABLE)) => {
            Finding::Trouble(Trouble::IdentityProvider(retry_after))
        }
        (401, _) => Finding::Trouble(Trouble::TokenRefused),
        (403, _) => Finding::Trouble(Trouble::SignatureRefused),
        _ => Finding::Trouble(Trouble::Status(retry_after)),
    }
}

/// The reason in a problem document of the origin.
fn reason_in(body: &[u8]) -> Option<&str> {
    #[derive(Deserialize)]
    struct Problem<'b> {
        reason: &'b str,
    }
    (serde_json::from_slice::<Problem<'_>>(body).ok()).map(|problem| problem.reason)
}

#[cfg(test)]
mod tests;
