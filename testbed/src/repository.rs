//! The stand-in for the repository: it has what is not mirrored, for those whom Google knows.

mod signed_urls;
mod storage;

use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use self::signed_urls::SignedUrls;
use crate::error::Result;
use crate::google::{Google, Provider};
use crate::server::Server;
use crate::server::bearer::{bearer, unauthorized};
use crate::server::static_files::StaticFiles;
use crate::token::UsedTokens;

/// A [`Server`] of files that are not mirrored, for whoever has a live access token of [`Google`].
/// It sends them itself, or redirects to a signed URL at its storage, which is another server.
pub struct Repository {
    server: Server,
    storage: Server,
    holdings: Arc<Holdings>,
}

struct Holdings {
    files: StaticFiles,
    google: Arc<Provider>,
    redirects: AtomicBool,
    signed_urls: SignedUrls,
    storage_url: String,
}

impl Repository {
    /// Serves the files below `directory` to those whom `google` knows. The signatures of its URLs
    /// are put among the `used` tokens.
    pub(crate) fn start(directory: &Path, google: &Google, used: UsedTokens) -> Result<Self> {
        let files = StaticFiles::below(directory)?;
        let signed_urls = SignedUrls::new(used);
        let storage = storage::start(files.clone(), signed_urls.clone())?;
        let holdings = Arc::new(Holdings {
            files,
            google: google.provider(),
            redirects: AtomicBool::new(false),
            signed_urls,
            storage_url: storage.url(),
        });
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&holdings));
        Ok(Self {
            server: Server::start("repository", router)?,
            storage,
            holdings,
        })
    }

    /// From now on the repository redirects (302) to its storage, or sends files itself.
    pub fn set_redirects(&self, redirects: bool) {
        self.holdings.redirects.store(redirects, Ordering::Relaxed);
    }

    /// The server behind the signed URLs. It refuses those who bring an `Authorization` too.
    pub fn storage(&self) -> &Server {
        &self.storage
    }
}

impl Deref for Repository {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

async fn answer(State(holdings): State<Arc<Holdings>>, request: Request) -> Response {
    if !bearer(request.headers()).is_some_and(|token| holdings.google.is_live(token)) {
        return unauthorized("repository");
    }
    if !holdings.redirects.load(Ordering::Relaxed) {
        return holdings.files.answer(request).await;
    }
    let signed = holdings.signed_urls.sign(request.uri().path());
    let location = format!("{}{signed}", holdings.storage_url);
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

#[cfg(test)]
mod tests;
