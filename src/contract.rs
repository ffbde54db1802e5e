//! What edge and origin agree on: how a call is signed, where it goes, and what comes back; and how
//! it is told from where a passed request comes.

mod access_token;
mod document;
pub mod endpoint;
mod entitlement;
mod file_record;
pub mod forwarded;
pub mod reason;
pub mod signature;

pub use access_token::AccessTokenDocument;
pub use azat_policy::EDGE_ORIGIN_SECRET;
pub use document::{Document, MAXIMUM_DOCUMENT, Subject};
pub use entitlement::Entitlement;
pub use file_record::FileRecord;
