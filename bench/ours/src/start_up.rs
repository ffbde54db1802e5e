//! What a new sandbox does once: the policy and the keys are read.

use std::collections::BTreeMap;

use azat_edge::settings::Settings;
use azat_edge::time::UnixTime;
use bench_harness::{Input, Stopwatch};
use serde_json::json;

use crate::world::World;

/// Measures it with the built-in policy and one RSA key of 2048 bits.
pub(crate) fn measure(stopwatch: &Stopwatch, input: &Input) {
    let keys = json!({"azat": {"keys": [input.signed["RS256-2048"].jwk]}}).to_string();
    let now = UnixTime::from_seconds(input.now);
    let mut world = World {
        now,
        keys,
        entitlement: String::new(),
        file: String::new(),
        length: 0,
        cache: BTreeMap::new(),
    };
    stopwatch.measure("start-up", || {
        let mut settings = Settings::built_in();
        let in_force = settings.in_force(&mut world, now);
        in_force.map(|in_force| in_force.policy.routes.len())
    });
}
