//! `PUT /fetch/manifest/files?catalog=…&format=curl&filters=…`: a manifest, and how to download it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use azat_edge::file::Catalog;
use azat_edge::time::UnixTime;
use serde::{Deserialize, Serialize};

use crate::manifest::{
    CommandLines, Download, LIFETIME_SECONDS, LONGEST, Manifest, ManifestKey, Reader,
};
use crate::service::client_address::ClientAddress;
use crate::service::no_store::NO_STORE;
use crate::service::origin::Origin;
use crate::service::rate::{Act, Party};
use crate::service::refusal::Refusal;
use crate::service::user::caller::Caller;
use crate::store::Listed;
use crate::subject::Subject;

/// Keeps a row for two weeks; at this pace no one network fills the strangers' part.
static MANIFEST: Act = Act {
    name: "manifest",
    burst: 20,
    every: Duration::from_secs(30),
};

/// The most manifests that are kept.
const MOST: u64 = 100_000;
/// The most with which a stranger's is kept too: however many strangers ask, users find room.
const MOST_OF_STRANGERS: u64 = 50_000;
/// How many files are looked at for one that can be downloaded, before a manifest is made.
const LOOKED_AT: usize = 256;
/// The longest filters, in bytes: they are kept with each manifest.
const LONGEST_FILTERS: usize = 16 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
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

/// The sources that Azul's filters ask for, as in `{"sourceId":{"is":["s1"]}}`, if they do: the one
/// filter that this service knows. `None` for what is no such thing.
fn sources_of(filters: &str) -> Option<Option<BTreeSet<String>>> {
    // Maps, not structs: these could be written as arrays, too.
    type Filters = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

    if filters.len() > LONGEST_FILTERS {
        return None;
    }
    let mut filters: Filters = serde_json::from_str(filters).ok()?;
    let Some(mut source_id) = filters.remove("sourceId") else {
        return filters.is_empty().then_some(None);
    };
    let sources = source_id.remove("is")?;
    (filters.is_empty() && source_id.is_empty()).then_some(Some(sources))
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
    client: ClientAddress,
    State(origin): State<Arc<Origin>>,
    query: Result<Query<ManifestQuery>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(query) = query.map_err(|_| Refusal::RequestMalformed)?;
    let sources = match &query.filters {
        Some(json) => sources_of(json).ok_or(Refusal::RequestMalformed)?,
        None => None,
    };
    let stranger = Party::Stranger(client);
    let party = (caller.as_ref()).map_or(stranger, |caller| Party::User(&caller.subject));
    origin.rate.admit(&MANIFEST, party)?;
    let session_of = origin.signed_in(caller.as_ref()).await?;
    let reader = match &caller {
        Some(caller) => Reader::User(caller.subject.clone()),
        None => Reader::Anyone,
    };
    let reader_only = session_of.is_some() && origin.authenticated_manifests;
    let key = (origin.clone())
        .blocking(move |origin| {
            let now = UnixTime::now();
            let manifest = Manifest {
                catalog: query.catalog,
                sources,
                reader,
                reader_only,
                revision: origin.store.revision()?,
                expires: now.plus(LIFETIME_SECONDS),
            };
            match origin.has_a_file(&manifest)? {
                true => origin.keep_manifest(&manifest, now),
                false => Err(Refusal::ManifestEmpty),
            }
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
    async fn signed_in(
        self: &Arc<Self>,
        caller: Option<&Caller>,
    ) -> Result<Option<Subject>, Refusal> {
        let Some(Caller { subject, .. }) = caller else {
            return Ok(None);
        };
        match self.clone().live_session(subject).await {
            Ok(_) => Ok(Some(subject.clone())),
            Err(Refusal::SessionMissing | Refusal::SessionRevoked) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// Looks whether there is anything to download: at the first files only, since all may have
    /// gone elsewhere. Where that does not tell, there may be.
    fn has_a_file(&self, manifest: &Manifest) -> Result<bool, Refusal> {
        let mut listing = self.store.list_of(manifest)?;
        if listing.length() > LONGEST {
            return Err(Refusal::ManifestTooLong(listing.length()));
        }
        for steps in [1, LOOKED_AT] {
            let lines = self.store.next_of(&mut listing, steps)?;
            if lines.iter().any(Listed::is_available) {
                return Ok(true);
            }
        }
        Ok(!listing.is_over())
    }

    /// Keeps a manifest, if not too many are kept.
    fn keep_manifest(&self, manifest: &Manifest, now: UnixTime) -> Result<ManifestKey, Refusal> {
        let maximum = match manifest.reader {
            Reader::Anyone => MOST_OF_STRANGERS,
            Reader::Operator | Reader::User(_) => MOST,
        };
        let key = ManifestKey::generate()?;
        self.store.put_manifest(&key, manifest, now, maximum)??;
        Ok(key)
    }
}
