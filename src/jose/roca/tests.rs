//! Tests of [`super`].

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
