//! `GET /manifest/files/{key}`: a manifest for curl.
//!
//! It is written while it is read: the next piece when the last one has gone out. However long it
//! is, it takes the memory of one piece.

use std::future;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use azat_edge::time::UnixTime;
use futures_util::{StreamExt as _, stream};

use crate::manifest::{CurlManifest, Manifest, Reader};
use crate::service::bearer;
use crate::service::client_address::ClientAddress;
use crate::service::no_store::NO_STORE;
use crate::service::origin::Origin;
use crate::service::places::Place;
use crate::service::rate::{Act, Party};
use crate::service::refusal::Refusal;
use crate::store::{Listed, Listing};

/// How many rows that cannot be read are named, of those of one manifest; then they are counted.
const NAMED: u64 = 10;

/// How many files a piece has at most.
const PIECE: usize = 256;

/// Looks every file up; a command line that is run again does so.
static FETCH: Act = Act {
    name: "manifest fetch",
    burst: 60,
    every: Duration::from_secs(2),
};

/// A manifest that is being written.
struct Writing {
    origin: Arc<Origin>,
    curl: CurlManifest,
    listing: Listing,
    /// How many rows could not be read so far.
    unreadable: u64,
    /// Given back when it has been written, or nobody reads it any more.
    _place: Place,
}

pub(super) async fn answer(
    State(origin): State<Arc<Origin>>,
    client: ClientAddress,
    headers: HeaderMap,
    key: Result<Path<String>, PathRejection>,
) -> Result<Response, Refusal> {
    let Path(key) = key.map_err(|_| Refusal::ManifestUnknown)?;
    origin.rate.admit(&FETCH, Party::Stranger(client))?;
    let place = origin.manifest_places.take(client)?;
    let (manifest, listing) = (origin.clone())
        .blocking(move |origin| {
            let manifest = origin.manifest(&key)?;
            origin.admit_reader(&manifest, &headers)?;
            let listing = origin.store.list_of(&manifest)?;
            Ok((manifest, listing))
        })
        .await?;
    let curl = CurlManifest::new(origin.base_url.clone(), manifest.catalog);
    let options = curl.options();
    let writing = Writing {
        origin,
        curl,
        listing,
        unreadable: 0,
        _place: place,
    };
    // A store that fails at once is told with a status, and so is that nothing is left of it all:
    // curl does not understand a manifest without a URL.
    let (first, rest) = writing.next_piece(options).await?;
    let body = match rest {
        None if !first.contains(CurlManifest::URL) => return Err(Refusal::ManifestEmpty),
        None => Body::from(first),
        Some(rest) => {
            let first = stream::once(future::ready(Ok(Bytes::from(first))));
            Body::from_stream(first.chain(stream::unfold(Rest::Unwritten(rest), next)))
        }
    };
    let content_type = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((content_type, [NO_STORE], body).into_response())
}

/// What is left of a manifest.
enum Rest {
    /// Pieces that are not written yet.
    Unwritten(Writing),
    /// It broke off.
    Broken(Refusal),
    /// Nothing.
    Nothing,
}

/// The next piece, and what is left after it.
async fn next(rest: Rest) -> Option<(Result<Bytes, Refusal>, Rest)> {
    match rest {
        Rest::Unwritten(writing) => {
            let (origin, curl) = (writing.origin.clone(), writing.curl.clone());
            match writing.next_piece(String::new()).await {
                Ok((text, rest)) => {
                    let rest = rest.map_or(Rest::Nothing, Rest::Unwritten);
                    Some((Ok(text.into()), rest))
                }
                // What has come goes down the pipe: curl has to hear that there was more.
                Err(fault) => {
                    origin.notice("a manifest broke off", &fault);
                    let mut text = String::new();
                    curl.push_break(&mut text);
                    Some((Ok(text.into()), Rest::Broken(fault)))
                }
            }
        }
        Rest::Broken(fault) => Some((Err(fault), Rest::Nothing)),
        Rest::Nothing => None,
    }
}

impl Writing {
    /// The next lines after `text`; and the rest, if there is one.
    async fn next_piece(self, text: String) -> Result<(String, Option<Self>), Refusal> {
        let origin = self.origin.clone();
        origin
            .blocking_for_long(move |_| self.write_piece(text))
            .await
    }

    fn write_piece(mut self, mut text: String) -> Result<(String, Option<Self>), Refusal> {
        for line in self.origin.store.next_of(&mut self.listing, PIECE)? {
            match line {
                Listed::File(file) => self.curl.push(&mut text, &file),
                Listed::Unreadable { uuid, version, row } => {
                    self.unreadable += 1;
                    if self.unreadable <= NAMED {
                        self.origin.notice("a row was left out of a manifest", &row);
                    }
                    self.curl.push_unavailable(&mut text, &uuid, &version);
                }
            }
        }
        if !self.listing.is_over() {
            return Ok((text, Some(self)));
        }
        if self.unreadable > 0 {
            self.origin
                .notice("so many rows were left out of a manifest", &self.unreadable);
        }
        Ok((text, None))
    }
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

    /// Keeps a manifest that is its reader's alone from everybody else.
    fn admit_reader(&self, manifest: &Manifest, headers: &HeaderMap) -> Result<(), Refusal> {
        if !manifest.reader_only {
            return Ok(());
        }
        let token = (headers.get(header::AUTHORIZATION))
            .and_then(|value| bearer::token(value.to_str().ok()?))
            .ok_or(Refusal::TokenMissing)?;
        let bearer = self.azat_bearer(token, UnixTime::now())?;
        match &manifest.reader {
            Reader::User(reader) if *reader == bearer.subject => Ok(()),
            _ => Err(Refusal::ManifestUnknown),
        }
    }
}
