//! Entries of the Secret Store.

/// The Secret Store's entry that signs calls to the origin. No token may be signed with it too.
pub const EDGE_ORIGIN_SECRET: &str = "edge_origin_secret";
