//! The tables of the store, and what their rows go by.

use redb::TableDefinition;

/// What a row is made of: the number of its form, the store's revision when it was new, the one
/// when it last changed, and its JSON. The numbers stand beside the JSON, so that a row can be
/// replaced that cannot be read.
pub(super) type Columns = (u32, u64, u64, &'static str);

/// A table of JSON rows.
pub(super) type Rows = TableDefinition<'static, &'static str, Columns>;

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

/// All tables of JSON rows.
pub(super) const ALL_ROWS: [Rows; 5] = [USERS, SESSIONS, JTI_WINDOWS, FILES, MANIFESTS];

/// What the length of a shelf goes by: catalog, source, and whether its files are public.
pub(super) type LengthKey = (&'static str, &'static str, bool);
/// What a version on a shelf goes by: the shelf's key, uuid and version.
pub(super) type EntryKey = (&'static str, &'static str, bool, &'static str, &'static str);

/// The versions of files on their shelves: what a manifest is made from.
pub(super) const SHELVES: TableDefinition<'static, EntryKey, ()> = TableDefinition::new("shelves");
/// How many versions stand on a shelf.
pub(super) const SHELF_LENGTHS: TableDefinition<'static, LengthKey, u64> =
    TableDefinition::new("shelf_lengths");
/// The uuid of the file that has a path for good, by `catalog/path` where the path is folded.
pub(super) const PATHS: TableDefinition<'static, &str, &str> = TableDefinition::new("paths");
/// Ends and keys of manifests, the earliest end first.
pub(super) const MANIFEST_ENDS: TableDefinition<'static, (u64, &str), ()> =
    TableDefinition::new("manifest_ends");
/// Creation time, in seconds since the epoch, and PKCS#8 DER of signing keys by `kid`.
pub(super) const SIGNING_KEYS: TableDefinition<'static, &str, (u64, &[u8])> =
    TableDefinition::new("signing_keys");
/// Numbers about the store itself, by name.
pub(super) const NUMBERS: TableDefinition<'static, &str, u64> = TableDefinition::new("numbers");
