//! A signed call to one of the origin's edge-only endpoints.

use http::header::AUTHORIZATION;
use http::{Method, Request};

use super::{SIGNATURE, SIGNATURE_INPUT};
use crate::contract::Document;
use crate::contract::signature::{self, SignedParts};
use crate::credential::BearerToken;
use crate::origin::documents::{self, Kept};
use crate::platform::Platform;

/// A call to the origin's edge-only endpoints. It carries the user's token: the origin verifies it again
/// and answers for the subject that it finds.
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

    pub(super) fn ask<D: Document>(
        &self,
        platform: &mut impl Platform,
        token: BearerToken<'_>,
    ) -> Kept<D> {
        let call = self.signed(platform, token);
        documents::ask(platform, call)
    }

    fn signed(&self, platform: &mut impl Platform, token: BearerToken<'_>) -> Option<Request<()>> {
        let secret = platform.edge_secret()?;
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
