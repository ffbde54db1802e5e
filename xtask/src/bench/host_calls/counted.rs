//! The host calls of one request, counted.

use std::collections::BTreeMap;

use serde::Serialize;

/// The host calls of one request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct HostCalls {
    /// All of them.
    pub(crate) total: usize,
    /// By module and name: `fastly_http_req::send_v2`, for example.
    pub(crate) by_function: BTreeMap<String, usize>,
}

impl HostCalls {
    /// One more.
    pub(crate) fn add(&mut self, function: String) {
        self.total += 1;
        *self.by_function.entry(function).or_default() += 1;
    }
}
