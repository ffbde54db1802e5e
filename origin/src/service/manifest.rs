//! `GET /manifest/files/{key}`: a manifest for curl.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use azat_edge::repository::FileId;
use azat_edge::time::UnixTime;

use super::refusal::Refusal;
use super::{NO_STORE, Origin};
use crate::curl_manifest::CurlManifest;

pub(super) async fn answer(
    State(origin): State<Arc<Origin>>,
    key: Result<Path<String>, PathRejection>,
) -> Result<Response, Refusal> {
    let Path(key) = key.map_err(|_| Refusal::ManifestUnknown)?;
    // Thousands of rows may be read: not while other requests wait for this thread.
    let text = tokio::task::spawn_blocking(move || origin.curl_manifest(&key)).await??;
    let content_type = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((content_type, [NO_STORE], text).into_response())
}

impl Origin {
    /// The manifest of that key, with what is known of its files now.
    fn curl_manifest(&self, key: &str) -> Result<String, Refusal> {
        let manifest = self.store.manifest(key)?.ok_or(Refusal::ManifestUnknown)?;
        if manifest.expires <= UnixTime::now() {
            return Err(Refusal::ManifestExpired);
        }
        let mut text = CurlManifest::new(&self.base_url, &manifest.catalog);
        for listed in &manifest.files {
            let id = FileId {
                catalog: manifest.catalog.clone(),
                uuid: listed.uuid.clone(),
                version: Some(listed.version.clone()),
            };
            match self.store.file(&id)? {
                Some(file) if file.row.mirror_key.is_some() => text.push_file(&file.row),
                _ => text.push_unavailable(listed),
            }
        }
        Ok(text.into_text())
    }
}
