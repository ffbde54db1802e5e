//! What the edge answers to a request, and why: the edge's own code decides, offline.

mod answer;
pub mod batch;
mod content;
mod documents;
mod explanation;
mod given;
pub mod input;
mod json_fault;
mod offline;
mod report;
pub mod request;
mod secrets;
mod shown;

pub use documents::Documents;
pub use explanation::{Explainer, Explanation};
pub use given::Given;
pub use report::Report;
pub use secrets::Secrets;
