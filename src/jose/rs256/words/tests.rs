//! Tests of [`super`].

use num_bigint::BigUint;
use rand::{Rng as _, SeedableRng as _};

use super::power_of_two;

/// Random moduli, and those whose first words mislead a guess the most.
#[test]
fn powers_of_two_are_those_of_a_plain_implementation() {
    let mut random = rand::rngs::StdRng::seed_from_u64(2);
    let highest = [0x8000_0000, 0x8000_0001, u32::MAX, 1, 0x1234_5678];
    let others = [0, 1, u32::MAX, u32::MAX - 1, 0x8000_0000];
    for length in [2, 3, 7, 64] {
        for highest in highest {
            for _ in 0..200 {
                let mut modulus: Vec<u32> = (0..length)
                    .map(|_| match random.gen_bool(0.5) {
                        true => others[random.gen_range(0..others.len())],
                        false => random.r#gen(),
                    })
                    .collect();
                modulus[0] |= 1;
                modulus[length - 1] = highest;
                let number = BigUint::new(modulus.clone());
                let bits = number.bits();
                // As everywhere, numbers may have more words than bits.
                modulus.resize(length + random.gen_range(0..4), 0);
                let exponent = random.gen_range(bits..3 * bits + 40);
                let power = BigUint::new(power_of_two(exponent, &modulus, bits));
                assert_eq!(
                    power,
                    (BigUint::from(1_u32) << exponent) % &number,
                    "{number:x} {exponent}"
                );
            }
        }
    }
}
