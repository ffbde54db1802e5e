//! Files below a directory, as HTTP serves them.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_serve::{ChunkedReadFile, dir::FsDir};

use crate::error::{Error, Result};

/// The files below a directory, as HTTP serves them: with ranges, validators, conditional requests
/// and HEAD. Clones share.
#[derive(Clone)]
pub(crate) struct StaticFiles(Arc<FsDir>);

impl StaticFiles {
    /// The files below `directory`, which must be there.
    pub(crate) fn below(directory: &Path) -> Result<Self> {
        FsDir::builder()
            .auto_gzip(false)
            .for_path(directory)
            .map(Self)
            .map_err(Error::io(format!("serve {}", directory.display())))
    }

    /// Serves them to everybody.
    pub(crate) fn into_router(self) -> Router {
        let answer =
            async |State(files): State<Self>, request: Request| files.answer(request).await;
        Router::new().fallback(answer).with_state(self)
    }

    /// The file that the request's path names, or 404.
    pub(crate) async fn answer(&self, request: Request) -> Response {
        let request = request.map(drop);
        let path = request.uri().path().trim_start_matches('/');
        let Ok(node) = Arc::clone(&self.0).get(path, request.headers()).await else {
            return StatusCode::NOT_FOUND.into_response();
        };
        // As a repository's mirror stores it: the real type is in the file's record.
        let octets = HeaderValue::from_static("application/octet-stream");
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, octets)]);
        match node.into_file_entity(headers) {
            Ok(entity) => {
                let entity: ChunkedReadFile<Bytes, axum::BoxError> = entity;
                http_serve::serve(entity, &request).map(Body::new)
            }
            Err(_directory) => StatusCode::NOT_FOUND.into_response(),
        }
    }
}
