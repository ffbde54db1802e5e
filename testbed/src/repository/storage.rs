//! The storage that the repository redirects to.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::signed_urls::SignedUrls;
use crate::error::Result;
use crate::server::Server;
use crate::server::static_files::StaticFiles;

/// Serves `files` at their signed URLs, as object storages do.
pub(super) fn start(files: StaticFiles, signed_urls: SignedUrls) -> Result<Server> {
    let router = Router::new()
        .fallback(answer)
        .with_state((files, signed_urls));
    Server::start("storage", router)
}

async fn answer(
    State((files, signed_urls)): State<(StaticFiles, SignedUrls)>,
    request: Request,
) -> Response {
    // "Only one auth mechanism allowed".
    if request.headers().contains_key(header::AUTHORIZATION) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    if !signed_urls.is_signed(request.uri()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    files.answer(request).await
}
