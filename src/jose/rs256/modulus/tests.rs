//! Tests of [`super`].

use num_bigint::BigUint;

use super::*;
use crate::jose::rs256::scalar::Scalar;

/// Also moduli for which as many words as a number has hold a wrong multiple of n as well: 2^27 or
/// so times n, less what does not fit.
fn knows_congruent_numbers<L: Lanes>(bits: usize) {
    let one = BigUint::from(1_u32);
    let n = (&one << (bits - 1)) + (&one << (bits / 2)) + &one;
    let modulus = Modulus::<L>::new(&n.to_bytes_be());
    let count = words_in::<L>(modulus.blocks);
    let all = &one << (32 * count);
    let words = |number: &BigUint| words::from_bytes(&number.to_bytes_be(), count);
    let is_congruent = |number: &BigUint, least: &BigUint| {
        modulus.is_congruent(&words(&(number % &all)), &words(least))
    };

    for least in [BigUint::from(0_u32), BigUint::from(5_u32), &n - &one] {
        for times in 0..=2_u32 {
            let multiple = BigUint::from(times) * &n;
            for number in [&least + &multiple, &all + &least - &multiple] {
                assert!(is_congruent(&number, &least), "{bits} {times} {least:x}");
                assert!(
                    !is_congruent(&(number + &one), &least),
                    "{bits} {times} {least:x}"
                );
            }
        }
        let wrapped = (&all / &n + &one) * &n - &all;
        assert!(wrapped < n && wrapped > BigUint::from(0_u32));
        assert!(
            !is_congruent(&(&least + wrapped), &least),
            "{bits} {least:x}"
        );
    }
}

#[test]
fn r_is_at_least_eight_times_n() {
    fn holds<L: Lanes>() {
        for bits in 2048..=4096 {
            let mut bytes = vec![0; usize::div_ceil(bits, 8)];
            bytes[0] = 0x80 >> (bytes.len() * 8 - bits);
            *bytes.last_mut().unwrap() |= 1;
            let blocks = Modulus::<L>::new(&bytes).blocks;
            let spare = (blocks * L::BLOCK_BITS).checked_sub(bits);
            // And no block more than that needs.
            assert!(spare.is_some_and(|spare| (3..L::BLOCK_BITS + 3).contains(&spare)));
        }
    }
    holds::<Scalar>();
    #[cfg(target_feature = "simd128")]
    holds::<crate::jose::rs256::simd::Simd>();
}

#[test]
fn numbers_are_congruent_when_a_multiple_of_n_is_between_them_and_not_when_one_would_be_cut_off() {
    for bits in [2048, 2085, 3013, 4096] {
        knows_congruent_numbers::<Scalar>(bits);
    }
    #[cfg(target_feature = "simd128")]
    for bits in [2048, 2181, 3013, 4096] {
        knows_congruent_numbers::<crate::jose::rs256::simd::Simd>(bits);
    }
}
