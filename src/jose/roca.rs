//! ROCA: RSA keys whose primes come from a flawed generator (CVE-2017-15361).
//!
//! Such primes are k·M + (65537^a mod M), where M is a product of the first primes. So modulo each of those,
//! the modulus is a power of 65537 as well; a random modulus is that of all of them once in 2^27 times.
//! From Nemec, Sys, Svenda, Klinec and Matyas: The Return of Coppersmith's Attack (CCS 2017), 3.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "residues are below 2^8, so their products are below 2^16; no prime is zero"
)]

/// The primes up to 167 modulo which 65537 does not generate everything: the others tell nothing.
const TELLING_PRIMES: [u32; 17] = [
    11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157,
];

/// Whether a modulus, big-endian, has the fingerprint. Most are cleared by the first prime.
pub(super) fn has_fingerprint(modulus: &[u8]) -> bool {
    (TELLING_PRIMES.iter()).all(|prime| is_power_of_65537(remainder(modulus, *prime), *prime))
}

/// `number` modulo `prime`.
fn remainder(number: &[u8], prime: u32) -> u32 {
    (number.iter()).fold(0, |remainder, byte| {
        (remainder * 256 + u32::from(*byte)) % prime
    })
}

/// Whether `residue` is a power of 65537 modulo `prime`.
fn is_power_of_65537(residue: u32, prime: u32) -> bool {
    let generator = 65_537 % prime;
    let mut power = 1;
    loop {
        if power == residue {
            return true;
        }
        power = power * generator % prime;
        if power == 1 {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use rsa::BigUint;

    use super::{TELLING_PRIMES, has_fingerprint, is_power_of_65537, remainder};
    use crate::testing::KEY;

    /// A modulus of the flawed generator's form; its factors need not be prime to show the fingerprint.
    #[test]
    fn the_fingerprint_is_seen() {
        let m = (2u32..=167)
            .filter(|n| (2..*n).all(|d| n % d != 0))
            .fold(BigUint::from(1u8), |product, prime| product * prime);
        let factor = |k: u32, a: u32| {
            let power = BigUint::from(65_537u32).modpow(&BigUint::from(a), &m);
            (BigUint::from(k) << 800) * &m + power
        };
        let modulus = factor(123_456_789, 1_001) * factor(987_654_321, 77);
        assert!(modulus.bits() > 2048);
        assert!(has_fingerprint(&modulus.to_bytes_be()));
        assert!(!has_fingerprint(&(modulus + 2u8).to_bytes_be()));
    }

    #[test]
    fn other_keys_are_cleared() {
        use rsa::traits::PublicKeyParts as _;
        assert!(!has_fingerprint(&KEY.n().to_bytes_be()));
        assert!(!has_fingerprint(&[]));
    }

    #[test]
    fn only_primes_that_tell_something_are_asked() {
        for prime in (3..=167u32).filter(|n| (2..*n).all(|d| n % d != 0)) {
            let powers = (1..prime)
                .filter(|residue| is_power_of_65537(*residue, prime))
                .count();
            let tells = powers < prime as usize - 1;
            assert_eq!(tells, TELLING_PRIMES.contains(&prime), "{prime}");
        }
        assert_eq!(remainder(&[1, 0, 1], 11), 65_537 % 11);
    }
}
