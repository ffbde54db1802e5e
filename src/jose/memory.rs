//! The memory: tokens whose signature has been good before, so that it need not be verified again.

use std::collections::HashMap;

use azat_policy::Profile;

use super::{Authentic, Compact, Keys, Thumbprint, TokenFault};

/// How many tokens are remembered: more than the requests that one sandbox serves.
const CAPACITY: usize = 32;

/// Tokens seen before, byte for byte, and the key of which each one's signature is. The key's type fixes the
/// algorithm.
///
/// It knows who signed a token, and nothing else: header, claims and revocation are checked every time.
/// A token is believed while the very key that verified it is one of those that may have signed it. So a key
/// that is withdrawn takes its tokens along.
///
/// A token is found by a hash whose key nobody knows (SipHash) before it is compared, so that nobody can feel their
/// way along a remembered token by the time that lookups take.
#[derive(Default)]
pub struct Memory {
    seen: HashMap<Box<str>, Thumbprint>,
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
        let known = self.seen.get(compact.token());
        let is_known =
            known.is_some_and(|known| (candidates.clone()).any(|key| key.thumbprint() == *known));
        if !is_known {
            let signer = compact.signer(candidates)?;
            self.remember(compact.token(), signer.thumbprint());
        }
        compact.claims()
    }

    fn remember(&mut self, token: &str, signer: Thumbprint) {
        if self.seen.len() == CAPACITY {
            self.seen.clear();
        }
        self.seen.insert(token.into(), signer);
    }
}

#[cfg(test)]
mod tests;
