//! The origin, as the edge sees it: documents to ask for, and a place to pass requests to.

mod access_token;
mod call;
mod documents;
mod entitlement;
mod file;
mod pass;
pub mod refusal;
mod requester;
mod trouble;

pub use access_token::{access_token, newer_access_token};
pub use entitlement::entitlement;
pub use file::file;
pub use pass::pass;
pub use requester::Requester;
