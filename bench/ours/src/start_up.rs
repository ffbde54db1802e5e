//! What a new sandbox does once: the policy and the keys are read.

use azat_edge::platform::{Item, Read, Stores};
use azat_edge::settings::Settings;
use azat_edge::time::UnixTime;
use bench_harness::{Input, Stopwatch};
use serde_json::json;

/// Measures it with the built-in policy and one RSA key of 2048 bits.
pub(crate) fn measure(stopwatch: &Stopwatch, input: &Input) {
    let keys = json!({"azat": {"keys": [input.signed["RS256-2048"].jwk]}}).to_string();
    stopwatch.measure("start-up", || {
        let mut store = Keys(&keys);
        let mut settings = Settings::built_in();
        let in_force = settings.in_force(&mut store, UnixTime::from_seconds(input.now));
        in_force.map(|in_force| in_force.policy.routes.len())
    });
}

/// A Config Store that has the item `keys` alone.
struct Keys<'k>(&'k str);

impl Stores for Keys<'_> {
    fn item(&mut self, item: Item) -> Read {
        match item {
            Item::Policy => Read::Absent,
            Item::Keys => Read::Present(self.0.to_owned()),
        }
    }

    fn secret(&mut self, _: &str) -> Option<Vec<u8>> {
        None
    }
}
