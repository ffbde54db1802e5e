//! What a new sandbox does once: the policy and the keys are read.

use azat_edge::settings::{Item, Read, Settings};
use azat_edge::time::UnixTime;
use bench_harness::{Input, Stopwatch};
use serde_json::json;

/// Measures it with the built-in policy and one RSA key of 2048 bits.
pub(crate) fn measure(stopwatch: &Stopwatch, input: &Input) {
    let keys = json!({"azat": {"keys": [input.signed["RS256-2048"].jwk]}}).to_string();
    stopwatch.measure("start-up", || {
        let read = |item| match item {
            Item::Policy => Read::Absent,
            Item::Keys => Read::Present(keys.clone()),
        };
        let mut settings = Settings::built_in();
        let in_force = settings.in_force(read, UnixTime::from_seconds(input.now));
        in_force.map(|in_force| in_force.policy.routes.len())
    });
}
