//! The tables of the store, and what their rows go by.

use redb::TableDefinition;

/// A table of JSON rows.
pub(super) type Rows = TableDefinition<'static, &'static str, &'static str>;

/// Users by subject.
pub(super) const USERS: Rows = TableDefinition::new("users");
/// Sessions by subject.
pub(super) const SESSIONS: Rows = TableDefinition::new("sessions");
/// Which AZATs are good, by subject.
pub(super) const JTI_WINDOWS: Rows = TableDefinition::new("jti_windows");
/// Files by `catalog/uuid/version`.
pub(super) const FILES: Rows = TableDefinition::new("files");
/// Manifests by key.
pub(super) const MANIFESTS: Rows = TableDefinition::new("manifests");
/// Ends and keys of manifests, the earliest end first.
pub(super) const MANIFEST_ENDS: TableDefinition<'static, (u64, &str), ()> =
    TableDefinition::new("manifest_ends");
/// Creation time, in seconds since the epoch, and PKCS#8 DER of signing keys by `kid`.
pub(super) const SIGNING_KEYS: TableDefinition<'static, &str, (u64, &[u8])> =
    TableDefinition::new("signing_keys");
