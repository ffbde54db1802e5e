//! The memory: tokens whose signature was found good before, so that it need not be verified again.

use std::hash::{BuildHasher as _, RandomState};

use azat_policy::Profile;

use super::{Authentic, Compact, Keys, Thumbprint, TokenFault};

/// How many tokens are remembered: more than the requests that one sandbox serves.
const CAPACITY: usize = 32;

/// Tokens seen before, byte for byte.
///
/// It knows who signed a token, and nothing else: header, claims and revocation are checked every
/// time. A token is believed while the very key that verified it is one of those that may have
/// signed it. So a key that is withdrawn takes its tokens along.
#[derive(Default)]
pub struct Memory {
    seen: Vec<Seen>,
    hashing: RandomState,
}

/// A token, and the key that signed it. The key's type fixes the algorithm.
struct Seen {
    /// Under a key that nobody knows (SipHash). Tokens are compared only where their hashes are the
    /// same, so that nobody can feel their way along a remembered token by the time that comparing
    /// takes.
    hash: u64,
    token: Box<str>,
    signer: Thumbprint,
}

impl Memory {
    /// As [`Compact::authenticate`], but sparing the arithmetic for a token seen before. Tokens of
    /// shared keys are not remembered: to verify one costs no more than to recognise it.
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
        let token = compact.token();
        let hash = self.hashing.hash_one(token);
        let may_have_signed = |signer| (candidates.clone()).any(|key| key.thumbprint() == signer);
        let is_known = self.seen.iter().any(|seen| {
            seen.hash == hash && is_same(&seen.token, token) && may_have_signed(seen.signer)
        });
        if !is_known {
            let signer = compact.signer(candidates)?.thumbprint();
            self.remember(Seen {
                hash,
                token: token.into(),
                signer,
            });
        }
        compact.claims()
    }

    fn remember(&mut self, seen: Seen) {
        if self.seen.len() == CAPACITY {
            self.seen.clear();
        }
        self.seen.push(seen);
    }
}

/// Whether two texts are the same: eight bytes at a time, where WebAssembly's `memcmp` takes them
/// one by one.
fn is_same(text: &str, other: &str) -> bool {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let (other_words, other_rest) = other.as_bytes().as_chunks::<8>();
    let pairs = words.iter().zip(other_words);
    text.len() == other.len()
        && rest == other_rest
        && pairs
            .map(|(&word, &other)| (u64::from_ne_bytes(word), u64::from_ne_bytes(other)))
            .all(|(word, other)| word == other)
}

#[cfg(test)]
mod tests;
