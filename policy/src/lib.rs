//! The policy: whom the edge believes, what it serves, and how.
//!
//! People write `policy.toml`. It is read and checked when the edge is built
//! ([`Policy::from_toml`], feature `toml`), and travels as compact JSON ([`Policy::to_compact`],
//! [`Policy::from_compact`]): inside the program, or in the Config Store item `policy`. Both ways
//! end in the same checks, so a [`Policy`] that exists is one that holds together.
//!
//! ```
//! use azat_policy::PathPattern;
//!
//! let files = PathPattern::try_from("/repository/files/{uuid}".to_owned())?;
//! let captures = files.matches(&["repository", "files", "10b5aa79"]).expect("it matches");
//! assert_eq!(captures.get("uuid"), Some("10b5aa79"));
//! assert!(files.matches(&["repository", "files"]).is_none());
//! # Ok::<(), azat_policy::NotAPathPattern>(())
//! ```

mod catalog;
mod check;
mod fault;
#[cfg(feature = "fixed-header")]
mod fixed_header;
#[cfg(feature = "toml")]
mod from_toml;
mod loopback;
mod path_pattern;
mod patience;
mod policy;
mod profile;
mod route;
mod secret;
mod table;
mod tables;
mod written;

pub use catalog::Catalog;
pub use fault::Fault;
#[cfg(feature = "fixed-header")]
pub use fixed_header::FixedHeader;
pub use path_pattern::{Captures, NotAPathPattern, PathPattern, Segment};
pub use patience::Patience;
pub use policy::{Freshness, Mirror, Period, Policy, Repository, RepositoryHost};
pub use profile::{Algorithm, JtiRule, Profile, WithoutKid};
pub use route::{Accepts, Combine, Delivery, Method, Passage, Route, Served};
pub use secret::EDGE_ORIGIN_SECRET;
pub use tables::UNKNOWN_SYSTEM;
