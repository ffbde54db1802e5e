//! `PUT /fetch/manifest/files?catalog=…&format=curl&filters=…`: a manifest, and how to download it.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use azat_edge::file::Catalog;
use azat_edge::time::UnixTime;
use serde::{Deserialize, Serialize};

use crate::file::File;
use crate::manifest::{CommandLines, Download, LIFETIME_SECONDS, Manifest, ManifestKey};
use crate::service::no_store::NO_STORE;
use crate::service::origin::Origin;
use crate::service::refusal::Refusal;
use crate::service::user::caller::Caller;
use crate::subject::Subject;

#[derive(Deserialize)]
pub(super) struct ManifestQuery {
    catalog: Catalog,
    #[serde(rename = "format")]
    _format: Format,
    filters: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    Curl,
}

/// Azul's filters, of which this service knows one.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Filters {
    #[serde(rename = "sourceId", default)]
    source_id: Option<OneOf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OneOf {
    is: BTreeSet<String>,
}

/// Azul's answer: a redirect in JSON, since a browser does not let a page see where it is
/// redirected to.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Found {
    status: u16,
    location: String,
    command_line: CommandLines,
}

pub(super) async fn answer(
    caller: Option<Caller>,
    State(origin): State<Arc<Origin>>,
    query: Result<Query<ManifestQuery>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(query) = query.map_err(|_| Refusal::RequestMalformed)?;
    let filters = match &query.filters {
        Some(json) => serde_json::from_str(json).map_err(|_| Refusal::RequestMalformed)?,
        None => Filters::default(),
    };
    let session_of = origin.signed_in(caller.as_ref())?;
    let subject = caller.as_ref().map(|caller| caller.subject.clone());
    let reader = session_of
        .clone()
        .filter(|_| origin.authenticated_manifests);
    let key = (origin.clone())
        .blocking(move |origin| {
            let files = origin.readable_files(&query.catalog, subject.as_ref(), &filters)?;
            origin.keep_manifest(query.catalog, &files, reader)
        })
        .await?;
    let azat = match session_of {
        Some(subject) => Some(origin.clone().mint(subject).await?),
        None => None,
    };
    let own_token = caller.as_ref().map(|caller| caller.access_token.reveal());
    let location = format!("{}/manifest/files/{}", origin.base_url, key.as_str());
    let found = Found {
        status: 302,
        command_line: CommandLines::of(Download {
            manifest_url: &location,
            token: azat.as_ref().map(|azat| azat.as_str()).or(own_token),
            authenticated_manifest: origin.authenticated_manifests,
        }),
        location,
    };
    Ok(([NO_STORE], Json(found)).into_response())
}

impl Origin {
    /// The caller's subject, if there is a session that an AZAT could stand for.
    fn signed_in(&self, caller: Option<&Caller>) -> Result<Option<Subject>, Refusal> {
        let Some(Caller { subject, .. }) = caller else {
            return Ok(None);
        };
        match self.live_session(subject) {
            Ok(_) => Ok(Some(subject.clone())),
            Err(Refusal::SessionMissing | Refusal::SessionRevoked) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// The files that the filters let through and the subject may read; without a subject, the
    /// public ones.
    fn readable_files(
        &self,
        catalog: &Catalog,
        subject: Option<&Subject>,
        filters: &Filters,
    ) -> Result<Vec<File>, Refusal> {
        let user = match subject {
            Some(subject) => self.store.user(subject)?,
            None => None,
        };
        let sources = user.map(|user| user.row.sources).unwrap_or_default();
        let asked_for = |file: &File| {
            (filters.source_id.as_ref()).is_none_or(|one_of| one_of.is.contains(&file.source))
        };
        let mut files = self.store.newest_files(catalog)?;
        files.retain(|file| (file.public || sources.contains(&file.source)) && asked_for(file));
        Ok(files)
    }

    fn keep_manifest(
        &self,
        catalog: Catalog,
        files: &[File],
        reader: Option<Subject>,
    ) -> Result<ManifestKey, Refusal> {
        let now = UnixTime::now();
        let manifest = Manifest {
            reader,
            ..Manifest::of(catalog, files, now.plus(LIFETIME_SECONDS))?
        };
        let key = ManifestKey::generate()?;
        self.store.put_manifest(&key, &manifest, now)?;
        Ok(key)
    }
}
