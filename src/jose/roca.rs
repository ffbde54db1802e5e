//! ROCA: RSA keys whose primes come from a flawed generator (CVE-2017-15361).
//!
//! Such primes are k·M + (65537^a mod M), where M is a product of the first primes. So modulo each
//! of those, the modulus is a power of 65537 as well; a random modulus is one modulo all of them
//! only once in 2^27 times. From Nemec, Sys, Svenda, Klinec and Matyas: The Return of Coppersmith's
//! Attack (CCS 2017), 3.

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
mod tests;
