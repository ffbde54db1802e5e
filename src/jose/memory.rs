//! The memory: tokens whose signature has been good before, so that it need not be verified again.

use std::collections::VecDeque;

use azat_policy::Profile;
use sha2::{Digest as _, Sha256};

use super::{Authentic, Compact, Keys, Thumbprint, TokenFault};

/// How many tokens are remembered: several times the requests that one sandbox serves, in 4 KB.
const CAPACITY: usize = 64;

/// Tokens seen before, the oldest of which are forgotten first. It holds hashes alone.
///
/// It knows who signed a token, and nothing else: header, claims and revocation are checked every time.
/// A token is remembered together with the key that verified it, and believed while that very key is one of
/// those that may have signed it. So a key that is withdrawn takes its tokens along.
#[derive(Default)]
pub struct Memory {
    seen: VecDeque<Seen>,
}

/// A token, byte for byte, and the key of which its signature is. The key's type fixes the algorithm.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Seen {
    key: Thumbprint,
    token: [u8; 32],
}

impl Memory {
    /// As [`Compact::authenticate`], but sparing the arithmetic for a token seen before. Tokens of shared keys
    /// are not remembered: to verify one costs no more than to recognise it.
    ///
    /// # Errors
    /// Those of [`Compact::authenticate`].
    pub fn authenticate(
        &mut self,
        compact: Compact<'_>,
        profile: &Profile,
        keys: Keys<'_>,
    ) -> Result<Authentic, TokenFault> {
        let Keys::Published(set) = keys else {
            return compact.authenticate(profile, keys);
        };
        let candidates = compact.candidates(profile, set)?;
        let token = Sha256::digest(compact.token()).into();
        let seen = |key| Seen { key, token };
        let is_known = (candidates.clone()).any(|key| self.seen.contains(&seen(key.thumbprint())));
        if !is_known {
            let signer = compact.signer(candidates)?;
            self.remember(seen(signer.thumbprint()));
        }
        compact.claims()
    }

    fn remember(&mut self, seen: Seen) {
        if self.seen.len() == CAPACITY {
            self.seen.pop_front();
        }
        self.seen.push_back(seen);
    }
}

#[cfg(test)]
mod tests;
