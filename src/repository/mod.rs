//! The repository: which files there are, who may read them, and how they are delivered.

mod access_token;
mod cache_key;
mod content;
mod content_disposition;
pub mod delivery;
mod digest;
pub mod documents;
mod entitlement;
pub mod fallback;
mod file_id;
mod file_record;
mod media_type;
pub mod mirror;
mod mirror_key;
mod range;
mod repository_url;
mod sources;

pub use access_token::AccessToken;
pub use azat_policy::Catalog;
pub use cache_key::CacheKey;
pub use digest::{Digest, DigestAlgorithm};
pub use entitlement::Entitlement;
pub use file_id::{FileId, FileUuid, FileVersion};
pub use file_record::FileRecord;
pub use media_type::MediaType;
pub use mirror_key::MirrorKey;
pub use repository_url::RepositoryUrl;
pub use sources::Sources;
