//! What the origin answers, from a file.

use std::collections::BTreeMap;

use azat_edge::contract::Document;
use azat_edge::contract::{AccessTokenDocument, Entitlement, FileRecord};
use azat_edge::file::FileId;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::json_fault;

/// The origin's answers to the edge's questions.
#[derive(Default)]
pub struct Documents {
    /// Whether the origin has no others.
    pub(super) complete: bool,
    entitlements: BTreeMap<TokenUser, Vec<u8>>,
    access_tokens: BTreeMap<TokenUser, Vec<u8>>,
    files: BTreeMap<String, BTreeMap<Option<String>, FileAnswer>>,
}

/// Whom a token names: `iss` (empty where it has none) and `sub`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) struct TokenUser {
    /// `iss`.
    #[serde(default, rename = "iss", alias = "issuer")]
    pub(super) issuer: String,
    /// `sub`.
    #[serde(rename = "sub", alias = "subject")]
    pub(super) subject: String,
}

/// The answer about a file.
pub(super) struct FileAnswer {
    /// The document.
    pub(super) body: Vec<u8>,
    /// How long the file is, in bytes.
    pub(super) size: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    entitlements: Vec<Map<String, Value>>,
    #[serde(default)]
    files: Vec<Map<String, Value>>,
    #[serde(default)]
    access_tokens: Vec<Map<String, Value>>,
    #[serde(default)]
    complete: bool,
}

impl Documents {
    /// Reads the text of a documents file.
    ///
    /// # Errors
    /// What was expected, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        const EXPECTED: &str =
            "expected arrays of objects: entitlements, files and access_tokens, and nothing else";
        let written: Written =
            serde_json::from_str(text).map_err(|fault| json_fault::describe(&fault, EXPECTED))?;
        let mut files = BTreeMap::<_, BTreeMap<_, _>>::new();
        for (index, members) in written.files.into_iter().enumerate() {
            let place = |fault| format!("files.{index}: {fault}");
            let (name, version, answer) = file(members).map_err(place)?;
            let versions = files.entry(name).or_default();
            if versions.insert(version, answer).is_some() {
                return Err(place("expected each version of a file once".to_owned()));
            }
        }
        Ok(Self {
            complete: written.complete,
            entitlements: by_user("entitlements", written.entitlements, entitlement)?,
            access_tokens: by_user("access_tokens", written.access_tokens, access_token)?,
            files,
        })
    }

    /// What this user may read.
    pub(super) fn entitlement(&self, user: &TokenUser) -> Option<&[u8]> {
        self.entitlements.get(user).map(Vec::as_slice)
    }

    /// This user's access token.
    pub(super) fn access_token(&self, user: &TokenUser) -> Option<&[u8]> {
        self.access_tokens.get(user).map(Vec::as_slice)
    }

    /// The record of `catalog/uuid` in that version; without one, the newest.
    pub(super) fn file(&self, name: &str, version: Option<&str>) -> Option<&FileAnswer> {
        let versions = self.files.get(name)?;
        match version {
            Some(version) => versions.get(&Some(version.to_owned())),
            None => versions
                .get(&None)
                .or_else(|| versions.values().next_back()),
        }
    }
}

fn by_user(
    kind: &str,
    documents: Vec<Map<String, Value>>,
    read: fn(Map<String, Value>) -> Result<Vec<u8>, String>,
) -> Result<BTreeMap<TokenUser, Vec<u8>>, String> {
    let mut read_by_user = BTreeMap::new();
    for (index, members) in documents.into_iter().enumerate() {
        let place = |fault: String| format!("{kind}.{index}: {fault}");
        let user = TokenUser::deserialize(Value::Object(members.clone())).map_err(|fault| {
            place(json_fault::describe(
                &fault,
                "expected issuer and subject as strings",
            ))
        })?;
        let document = read(members).map_err(place)?;
        if read_by_user.insert(user, document).is_some() {
            return Err(place("expected each subject once".to_owned()));
        }
    }
    Ok(read_by_user)
}

fn entitlement(members: Map<String, Value>) -> Result<Vec<u8>, String> {
    let presumed = json!({
        "issuer": "", "jti_window": [0, u64::MAX], "not_before": 0, "revision": 0,
        "fresh_until": 0, "stale_until": 0,
    });
    document::<Entitlement>(members, presumed)
}

/// Nothing is sent, so the token itself may be missing.
fn access_token(members: Map<String, Value>) -> Result<Vec<u8>, String> {
    let presumed = json!({
        "issuer": "", "access_token": "unused", "use_until": u64::MAX, "expires_at": u64::MAX, "version": 1,
    });
    document::<AccessTokenDocument>(members, presumed)
}

/// Name, version and answer.
fn file(members: Map<String, Value>) -> Result<(String, Option<String>, FileAnswer), String> {
    const EXPECTED: &str = "expected catalog, uuid and version as requests have them";
    let id = FileId::deserialize(Value::Object(members.clone()))
        .map_err(|fault| json_fault::describe(&fault, EXPECTED))?;
    let presumed = json!({
        "version": "1970-01-01T00:00:00.000000Z", "public": false, "revision": 0,
        "fresh_until": 0, "stale_until": 0,
    });
    let body = document::<FileRecord>(members, presumed)?;
    let record: FileRecord = serde_json::from_slice(&body).map_err(|fault| fault.to_string())?;
    Ok((
        format!("{}/{}", id.catalog.as_str(), id.uuid.as_str()),
        id.version.map(String::from),
        FileAnswer {
            body,
            size: record.size,
        },
    ))
}

/// The document with these members, and the presumed ones for those that are missing, as the origin
/// writes it.
fn document<D: Document>(members: Map<String, Value>, presumed: Value) -> Result<Vec<u8>, String> {
    let mut all = presumed;
    if let Some(presumed) = all.as_object_mut() {
        presumed.extend(members);
    }
    let document = D::deserialize(all).map_err(|fault| {
        json_fault::describe(&fault, "expected the members as the origin writes them")
    })?;
    serde_json::to_vec(&document).map_err(|fault| fault.to_string())
}

#[cfg(test)]
mod tests;
