//! What the service has to keep to.

/// How much memory the service may take.
pub(super) const PEAK_MEGABYTES: f64 = 500.0;

/// How soon a manifest of all files begins.
pub(super) const BEGINS_MILLISECONDS: f64 = 1_000.0;

/// How long a manifest of one source takes, and asking for it.
pub(super) const SINGLE_MILLISECONDS: f64 = 100.0;

/// How many times as long a record may take while manifests are fetched, by the 99th percentile.
pub(super) const TIMES_SLOWER: f64 = 2.0;
