//! RS256 held to the `rsa` crate, on keys of any size and shape and on signatures at the edges.

use azat_edge::jose::rs256::PublicKey;
use num_bigint::{BigUint, ModInverse as _};
use rand::rngs::StdRng;
use rand::{Rng as _, RngCore as _, SeedableRng as _};
use rsa::sha2::{Digest as _, Sha256};
use rsa::{Pkcs1v15Sign, RsaPublicKey};

use crate::smooth_key::{EXPONENT, SmoothKey, encoded, padded};

const SEED: u64 = 20_261_122;

/// Ours and the oracle, with one key.
struct Pair {
    ours: PublicKey,
    oracle: RsaPublicKey,
}

impl Pair {
    fn of(modulus: &BigUint) -> Self {
        let exponent = BigUint::from(EXPONENT);
        let ours = PublicKey::from_components(&modulus.to_bytes_be(), &exponent.to_bytes_be());
        Self {
            ours: ours.unwrap(),
            oracle: RsaPublicKey::new(modulus.clone(), exponent).unwrap(),
        }
    }

    /// The verdict of both, which must be the same.
    fn verdict(&self, message: &[u8], signature: &[u8]) -> bool {
        let ours = self.ours.verify(message, signature).is_ok();
        let scheme = Pkcs1v15Sign::new::<Sha256>();
        let oracle = (self.oracle).verify(scheme, &Sha256::digest(message), signature);
        assert_eq!(ours, oracle.is_ok(), "{message:02x?} {signature:02x?}");
        ours
    }
}

/// Sizes at the limits, around whole limbs of 13 and 29 bits and blocks of 104 and 116, around
/// those where numbers get a block more, and any.
fn sizes(random: &mut StdRng) -> Vec<usize> {
    let mut sizes = vec![2048, 2049, 2055, 2072, 3072, 4095, 4096];
    for limb in [13, 29, 104, 116] {
        let limbs = random.gen_range(2049 / limb + 1..4096 / limb);
        sizes.extend([limbs * limb - 1, limbs * limb, limbs * limb + 1]);
    }
    for (block, counts) in [(104, [21, 30, 40]), (116, [19, 27, 36])] {
        let most = counts.map(|count| block * count - block - 3);
        sizes.extend(most.into_iter().flat_map(|most| [most, most + 1]));
    }
    sizes.extend((0..40).map(|_| random.gen_range(2048..=4096)));
    sizes
}

fn message(random: &mut StdRng) -> Vec<u8> {
    let mut message = vec![0; random.gen_range(0..200)];
    random.fill_bytes(&mut message);
    message
}

#[test]
fn good_signatures_verify_and_changed_ones_do_not() {
    let mut random = StdRng::seed_from_u64(SEED);
    for bits in sizes(&mut random) {
        let key = SmoothKey::random(bits, &mut random);
        assert_eq!(key.modulus().bits(), bits);
        let pair = Pair::of(key.modulus());
        let message = message(&mut random);
        let good = key.sign(&message);
        assert!(pair.verdict(&message, &good), "{bits} bits");

        let bit = random.gen_range(0..good.len() * 8);
        let mut changed = good.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!pair.verdict(&message, &changed), "{bits} bits, bit {bit}");
        assert!(!pair.verdict(b"another message", &good), "{bits} bits");
    }
}

#[test]
fn every_flipped_bit_is_noticed() {
    let mut random = StdRng::seed_from_u64(SEED + 1);
    let key = SmoothKey::random(2048, &mut random);
    let pair = Pair::of(key.modulus());
    let good = key.sign(b"message");
    for bit in (0..good.len() * 8).step_by(7) {
        let mut changed = good.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!pair.verdict(b"message", &changed), "bit {bit}");
    }
}

#[test]
fn signatures_at_the_edges_of_the_ring_are_refused() {
    let mut random = StdRng::seed_from_u64(SEED + 2);
    for bits in [2048, 2049, 2055, 2056, 3072, 4095, 4096] {
        let key = SmoothKey::random(bits, &mut random);
        let (n, length) = (key.modulus(), key.length());
        let pair = Pair::of(n);
        let good = BigUint::from_bytes_be(&key.sign(b"message"));
        let one = BigUint::from(1_u8);
        let zero = BigUint::from(0_u8);
        // n + s is the same signature modulo n, and may even be of the right length.
        for number in [
            &zero,
            &one,
            &(n - &one),
            n,
            &(n + &one),
            &(n + &good),
            &(n - &good),
        ] {
            assert!(
                !pair.verdict(b"message", &padded(number, length)),
                "{bits} bits: {number}"
            );
        }
        let all_ones = vec![0xff; length];
        assert!(!pair.verdict(b"message", &all_ones), "{bits} bits");
    }
}

#[test]
fn only_signatures_as_long_as_the_modulus_are_looked_at() {
    let mut random = StdRng::seed_from_u64(SEED + 3);
    // Modulus and signature are a multiple of 65536: a byte cut off at either end would not change
    // a sloppy sum.
    let key = SmoothKey::random(2049, &mut random);
    let pair = Pair::of(key.modulus());
    let good = key.sign(b"message");
    assert!(pair.verdict(b"message", &good));
    let zero_before = [&[0], good.as_slice()].concat();
    let zero_behind = [good.as_slice(), &[0]].concat();
    for signature in [
        &[],
        &good[1..],
        &good[..good.len() - 1],
        &zero_before,
        &zero_behind,
        &[0; 4096],
    ] {
        assert!(
            !pair.verdict(b"message", signature),
            "{} bytes",
            signature.len()
        );
    }
}

/// What a verifier would accept if it parsed the padding instead of comparing the whole encoded
/// message.
#[test]
fn encoded_messages_that_only_look_right_are_refused() {
    let mut random = StdRng::seed_from_u64(SEED + 4);
    let key = SmoothKey::random(2048, &mut random);
    let pair = Pair::of(key.modulus());
    let right = encoded(b"message", 256);
    assert!(pair.verdict(b"message", &key.sign_encoded(&right)));
    for position in 0..right.len() {
        let mut wrong = right.clone();
        wrong[position] ^= 1;
        assert!(
            !pair.verdict(b"message", &key.sign_encoded(&wrong)),
            "byte {position}"
        );
    }
}

/// Moduli made of ones and of zeros: Mersenne primes, and primes 3 * 2^m + 1.
#[test]
fn carries_run_through_moduli_of_ones_and_of_zeros() {
    let one = BigUint::from(1_u8);
    let mersenne = [2203, 2281, 3217].map(|bits| (&one << bits) - &one);
    let proth = [2208, 2816, 3168, 3912].map(|zeros| (BigUint::from(3_u8) << zeros) + &one);
    for prime in mersenne.into_iter().chain(proth) {
        let exponent = BigUint::from(EXPONENT).mod_inverse(&prime - &one);
        let exponent = exponent.unwrap().to_biguint().unwrap();
        let length = prime.bits().div_ceil(8);
        let message = BigUint::from_bytes_be(&encoded(b"message", length));
        let good = padded(&message.modpow(&exponent, &prime), length);
        let pair = Pair::of(&prime);
        assert!(pair.verdict(b"message", &good), "{} bits", prime.bits());
        assert!(!pair.verdict(b"massage", &good), "{} bits", prime.bits());
    }
}
