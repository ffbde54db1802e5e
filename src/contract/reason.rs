//! The reasons that the origin gives in its problem documents (RFC 9457, the member `reason`), and
//! that the edge acts upon.

/// The subject has no row, or no session: 404.
pub const SESSION_MISSING: &str = "session_missing";

/// The identity provider has ended the session: 410.
pub const SESSION_REVOKED: &str = "session_revoked";

/// The token has been revoked: 401.
pub const TOKEN_REVOKED: &str = "token_revoked";

/// There is no such file: 404.
pub const FILE_UNKNOWN: &str = "file_unknown";

/// The identity provider does not answer: 503.
pub const IDENTITY_PROVIDER_UNAVAILABLE: &str = "identity_provider_unavailable";
