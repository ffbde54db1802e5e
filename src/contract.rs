//! What edge and origin agree on: how a call is signed, where it goes, and what comes back.

mod access_token;
mod document;
mod entitlement;
mod file_record;
pub mod signature;

pub use access_token::AccessToken;
pub use document::Document;
pub use entitlement::Entitlement;
pub use file_record::FileRecord;
