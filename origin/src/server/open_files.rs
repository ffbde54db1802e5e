//! How many connections the system lets this process have: each is an open file.

use rustix::process::{Resource, getrlimit};

/// What is left for the store, the log, and calls to others.
const OTHERS: u64 = 64;

/// For how many connections the process may have open files, as `ulimit -n` says.
pub fn connections() -> u64 {
    let allowed = getrlimit(Resource::Nofile).current;
    allowed.map_or(u64::MAX, |allowed| allowed.saturating_sub(OTHERS))
}
