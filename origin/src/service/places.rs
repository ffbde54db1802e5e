//! Places for manifests that are being fetched: each goes on for as long as its reader takes.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::client_address::ClientAddress;
use super::refusal::Refusal;

/// How many manifests are fetched at once.
const MOST: usize = 256;
/// How many of them from one network: readers who take their time must not take all places.
const MOST_OF_ONE: usize = 8;
/// When another may be free, in seconds.
const WAIT: u64 = 5;

/// All places.
#[derive(Default)]
pub(super) struct Places(Mutex<Taken>);

/// The places that are taken.
#[derive(Default)]
struct Taken {
    all: usize,
    by_network: HashMap<Option<IpAddr>, usize>,
}

/// A place, given back when it is dropped.
pub(super) struct Place {
    places: Arc<Places>,
    network: Option<IpAddr>,
}

impl Places {
    /// Takes a place.
    ///
    /// # Errors
    /// [`Refusal::TooManyRequests`] when the client's network has its share, [`Refusal::Busy`] when
    /// all are taken.
    pub(super) fn take(self: &Arc<Self>, client: ClientAddress) -> Result<Place, Refusal> {
        let network = client.network();
        let mut taken = self.taken();
        if taken.all >= MOST {
            return Err(Refusal::Busy);
        }
        let own = taken.by_network.entry(network).or_default();
        if *own >= MOST_OF_ONE {
            return Err(Refusal::TooManyRequests { seconds: WAIT });
        }
        *own += 1;
        taken.all += 1;
        let places = Arc::clone(self);
        Ok(Place { places, network })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.all -= 1;
        if let Some(own) = taken.by_network.get_mut(&self.network) {
            *own -= 1;
            if *own == 0 {
                taken.by_network.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests;
