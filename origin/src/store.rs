//! What the origin keeps: signing keys, users, their sessions, files and manifests, in one file.
//!
//! The file is a `redb` database that one process has open at a time. Rows are JSON, but for the
//! signing keys. Every change is a transaction: it happens as a whole or not at all, and it is on
//! the disk when it has been committed.
//!
//! Each public method is one whole act, and one transaction: what it decides by it has read within,
//! and nobody comes in between. But for imports, an act writes about one thing only: a subject
//! (user, session and window of AZATs, each in a table of its own), a manifest, or the signing
//! keys.

mod database;
mod fault;
mod files;
mod import;
mod manifests;
mod row;
mod sessions;
mod signing_keys;
mod standing;
mod tables;
mod users;

pub use database::Store;
pub use fault::StoreFault;
pub use import::{ImportFault, Imported};
pub use row::Revised;
pub use standing::Standing;
