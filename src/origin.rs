//! The origin, as the edge sees it: documents to ask for, and a place to pass requests to.

mod access_token;
mod call;
mod finding;
mod inquiry;
mod line;
mod outage;
mod pass;
mod patience;
pub mod refusal;
mod requester;
mod search;
mod trouble;

pub use access_token::{access_token, newer_access_token};
pub use inquiry::Inquiry;
pub use pass::pass;
pub use requester::Requester;
