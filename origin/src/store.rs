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
