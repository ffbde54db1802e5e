//! What the origin keeps: signing keys, users, their sessions, files and manifests, in one file.
//!
//! The file is a `redb` database that one process has open at a time. Rows are JSON, but for the
//! signing keys. Every change is a transaction: it happens as a whole or not at all, and it is on
//! the disk when it has been committed.
//!
//! Each public method is one whole act in one transaction: it reads within it what it decides by,
//! so nobody comes in between. Its documentation says what it reads, what it writes, and on what
//! condition. Except for an import, an act writes about one thing only: a subject (whose user,
//! session and window of AZATs are in a table each), a manifest, or the signing keys.
//!
//! No act holds all of a table in memory, and none is at the mercy of one bad row.

mod check;
mod compact;
mod database;
mod fault;
mod files;
mod health;
mod import;
mod listing;
mod manifests;
mod paths;
mod probe;
mod revision;
mod row;
mod sessions;
mod shelves;
mod signing_keys;
mod standing;
mod store_file;
mod tables;
mod users;

pub use check::{Checked, Finding};
pub use compact::Compacted;
pub use database::Store;
pub use fault::{StoreFault, UnreadableRow};
pub use health::Health;
pub use import::{ImportFault, Imported, Renamed};
pub use listing::{Listed, Listing};
pub use manifests::TooManyManifests;
pub use row::Revised;
pub use standing::Standing;
pub use store_file::StoreFile;
