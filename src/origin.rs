//! The origin, as the edge sees it: documents to ask for, and a place to pass requests to.

mod ask;
mod call;
pub mod documents;
mod pass;

pub use ask::{Caller, access_token, entitlement, file, newer_access_token};
pub use pass::pass;

use http::HeaderName;

use crate::denial::Denial;
use crate::origin::documents::Trouble;

const SIGNATURE: HeaderName = HeaderName::from_static("signature");
const SIGNATURE_INPUT: HeaderName = HeaderName::from_static("signature-input");

fn unavailable(trouble: Trouble) -> Denial {
    Denial::OriginUnavailable {
        cause: trouble.as_str(),
    }
}
