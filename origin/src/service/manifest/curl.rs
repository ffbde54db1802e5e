//! `GET /manifest/files/{key}`: a manifest for curl.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use azat_edge::file::FileId;
use azat_edge::time::UnixTime;

use crate::manifest::{CurlManifest, Manifest};
use crate::service::bearer;
use crate::service::no_store::NO_STORE;
use crate::service::origin::Origin;
use crate::service::refusal::Refusal;

pub(super) async fn answer(
    State(origin): State<Arc<Origin>>,
    headers: HeaderMap,
    key: Result<Path<String>, PathRejection>,
) -> Result<Response, Refusal> {
    let Path(key) = key.map_err(|_| Refusal::ManifestUnknown)?;
    // Thousands of rows may be read: not while other requests wait for this thread.
    let text = origin
        .blocking(move |origin| {
            let manifest = origin.manifest(&key)?;
            origin.admit_reader(&manifest, &headers)?;
            origin.curl_manifest(&manifest)
        })
        .await?;
    let content_type = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((content_type, [NO_STORE], text).into_response())
}

impl Origin {
    /// The manifest of that key.
    fn manifest(&self, key: &str) -> Result<Manifest, Refusal> {
        let manifest = self.store.manifest(key)?.ok_or(Refusal::ManifestUnknown)?;
        if manifest.expires <= UnixTime::now() {
            return Err(Refusal::ManifestExpired);
        }
        Ok(manifest)
    }

    /// Keeps a manifest that has a reader from everybody else.
    fn admit_reader(&self, manifest: &Manifest, headers: &HeaderMap) -> Result<(), Refusal> {
        let Some(reader) = &manifest.reader else {
            return Ok(());
        };
        let token = (headers.get(header::AUTHORIZATION))
            .and_then(|value| bearer::token(value.to_str().ok()?))
            .ok_or(Refusal::TokenMissing)?;
        let bearer = self.azat_bearer(token, UnixTime::now())?;
        match bearer.subject == *reader {
            true => Ok(()),
            false => Err(Refusal::ManifestUnknown),
        }
    }

    /// What is known of its files now.
    fn curl_manifest(&self, manifest: &Manifest) -> Result<String, Refusal> {
        let mut text = CurlManifest::new(&self.base_url, &manifest.catalog);
        for listed in &manifest.files {
            let id = FileId {
                catalog: manifest.catalog.clone(),
                uuid: listed.uuid.clone(),
                version: Some(listed.version.clone()),
            };
            match self.store.file(&id)? {
                Some(file) if file.row.is_available() => text.push_file(&file.row),
                _ => text.push_unavailable(&listed.uuid, &listed.version),
            }
        }
        Ok(text.into_text())
    }
}
