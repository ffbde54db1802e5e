//! `GET /edge/files/{catalog}/{uuid}?version=…`: where a file is, and to which source it belongs.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use azat_edge::contract::FileRecord;
use azat_edge::file::{Catalog, FileId, FileUuid, FileVersion};
use serde::Deserialize;

use super::call::EdgeCall;
use crate::file::File;
use crate::service::no_store::NO_STORE;
use crate::service::origin::Origin;
use crate::service::refusal::Refusal;
use crate::store::Revised;

/// How long a record may be used: without asking again, and after that while this service cannot be
/// reached, in seconds.
struct Period {
    fresh: u64,
    stale: u64,
}

/// A version hardly ever changes.
const OF_A_VERSION: Period = Period {
    fresh: 3_600,
    stale: 86_400,
};
/// Which version is the newest may change at any time.
const OF_THE_NEWEST: Period = Period {
    fresh: 60,
    stale: 300,
};

#[derive(Deserialize)]
pub(super) struct FileQuery {
    version: Option<FileVersion>,
}

pub(super) async fn answer(
    call: EdgeCall,
    State(origin): State<Arc<Origin>>,
    path: Result<Path<(Catalog, FileUuid)>, PathRejection>,
    query: Result<Query<FileQuery>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Path((catalog, uuid)) = path.map_err(|_| Refusal::FileUnknown)?;
    let Query(FileQuery { version }) = query.map_err(|_| Refusal::FileUnknown)?;
    let id = FileId {
        catalog,
        uuid,
        version,
    };
    let period = match id.version {
        Some(_) => OF_A_VERSION,
        None => OF_THE_NEWEST,
    };
    let found = origin
        .blocking(move |origin| origin.store.file(&id).map_err(Refusal::of_file))
        .await?;
    let Revised { revision, row } = found.ok_or(Refusal::FileUnknown)?;
    let fresh_until = call.now.plus(period.fresh);
    let File {
        catalog,
        uuid,
        version,
        source,
        public,
        mirror_key,
        repository_url,
        size,
        name,
        content_type,
        digest,
        ..
    } = row.file;
    let record = FileRecord {
        catalog,
        uuid,
        version,
        source,
        public,
        mirror_key,
        repository_url,
        size,
        name: name.into(),
        content_type,
        digest,
        revision,
        fresh_until,
        stale_until: fresh_until.plus(period.stale),
    };
    Ok(([NO_STORE], Json(record)).into_response())
}
