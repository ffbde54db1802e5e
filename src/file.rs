//! Files: what they are called, what they are, and where their bytes lie.

mod digest;
mod file_id;
mod file_name;
mod media_type;
mod mirror_key;
mod repository_url;
mod sources;

pub use azat_policy::Catalog;
pub use digest::{Digest, DigestAlgorithm};
pub use file_id::{FileId, FileUuid, FileVersion};
pub use file_name::FileName;
pub use media_type::MediaType;
pub use mirror_key::MirrorKey;
pub use repository_url::RepositoryUrl;
pub use sources::Sources;
