//! How often a party may do what costs this service, or another, something.
//!
//! A handler says what is done ([`Act`]), and who does it ([`Party`]):
//!
//! ```text
//! /// Reads the rows of a whole catalog.
//! static MANIFEST: Act = Act {
//!     name: "manifest",
//!     burst: 10,
//!     every: Duration::from_secs(6),
//! };
//!
//! async fn answer(caller: Option<Caller>, address: ClientAddress, State(origin): …) -> … {
//!     let stranger = Party::Stranger(address);
//!     let party = (caller.as_ref()).map_or(stranger, |caller| Party::User(&caller.subject));
//!     origin.rate.admit(&MANIFEST, party)?;
//! ```
//!
//! The service remembers all this in memory: whoever starts it anew begins anew.

mod act;
mod buckets;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

pub(super) use self::act::Act;
use self::buckets::Buckets;
use super::client_address::ClientAddress;
use super::refusal::Refusal;
use crate::subject::Subject;

/// How many buckets of users are remembered, and how many of others: a megabyte or so of each.
const REMEMBERED: usize = 65_536;

/// Who does something.
#[derive(Clone, Copy)]
pub(super) enum Party<'p> {
    /// A user who is signed in, from wherever.
    User(&'p Subject),
    /// Somebody there; all of whom nothing is known are one.
    Stranger(ClientAddress),
}

/// What is left to each party.
pub(super) struct Rate {
    began: Instant,
    /// Apart from the others: strangers with many addresses must not crowd users out.
    users: Mutex<Buckets>,
    strangers: Mutex<Buckets>,
}

impl Default for Rate {
    /// Nobody has done anything so far.
    fn default() -> Self {
        let nobody = || Mutex::new(Buckets::new(REMEMBERED));
        Self {
            began: Instant::now(),
            users: nobody(),
            strangers: nobody(),
        }
    }
}

impl Rate {
    /// Counts an act.
    ///
    /// # Errors
    /// [`Refusal::TooManyRequests`]; the act must not be done then, and does not count.
    pub(super) fn admit(&self, act: &Act, party: Party<'_>) -> Result<(), Refusal> {
        let now = self.began.elapsed();
        let taken = match party {
            Party::User(subject) => all(&self.users).take(act, subject, now),
            Party::Stranger(address) => all(&self.strangers).take(act, &address.network(), now),
        };
        taken.map_err(|wait| Refusal::TooManyRequests {
            seconds: wait.seconds(),
        })
    }
}

fn all(buckets: &Mutex<Buckets>) -> MutexGuard<'_, Buckets> {
    buckets.lock().unwrap_or_else(PoisonError::into_inner)
}
