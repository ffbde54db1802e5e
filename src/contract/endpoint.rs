//! The endpoints of the origin that answer the edge alone.

use crate::file::FileId;

/// What a user may read: POST.
pub const ENTITLEMENTS: &str = "/edge/entitlements";

/// A user's access token at the identity provider: POST.
pub const ACCESS_TOKEN: &str = "/edge/access-token";

/// An access token newer than that of the `version` in the query: POST.
pub const REFRESH: &str = "/edge/refresh";

/// Who bears an access token: POST.
pub const USER_INFO: &str = "/edge/userinfo";

/// Where a file is, and to which source it belongs: GET, with the `version` in the query.
pub const FILES: &str = "/edge/files/{catalog}/{uuid}";

/// What [`FILES`] begins with; `<catalog>/<uuid>` follows.
pub const FILES_PREFIX: &str = "/edge/files/";

/// The path and the query that ask for a file's record.
pub fn of_file(id: &FileId) -> (String, Option<String>) {
    let path = format!("{FILES_PREFIX}{}/{}", id.catalog.as_str(), id.uuid.as_str());
    let version = id.version.as_ref();
    let query = version.map(|version| format!("version={}", version.as_str()));
    (path, query)
}

/// The query that asks for an access token newer than that of this version.
pub fn of_refresh(version: u64) -> String {
    format!("version={version}")
}
