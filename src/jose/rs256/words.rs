//! Words: natural numbers as little-endian 32-bit words, for what is done once per key or signature.

/// How many bits a big-endian number without leading zeros has.
pub(super) fn bits(bytes: &[u8]) -> usize {
    let unused = bytes.first().map_or(0, |byte| byte.leading_zeros());
    bytes.len() * 8 - unused as usize
}

/// `count` words of a big-endian number.
pub(super) fn from_bytes(bytes: &[u8], count: usize) -> Vec<u32> {
    let word = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(0, |word, &byte| word << 8 | u32::from(byte))
    };
    let mut words: Vec<u32> = bytes.rchunks(4).map(word).collect();
    words.resize(count, 0);
    words
}

/// `count` words of `number · factor`.
pub(super) fn times(number: &[u32], factor: u128, count: usize) -> Vec<u32> {
    let mut product = vec![0; count];
    for place in 0..4 {
        let digit = factor >> (32 * place) & u128::from(u32::MAX);
        let mut carry = 0;
        let digits = number.iter().chain(std::iter::repeat(&0));
        for (word, &other) in product.iter_mut().skip(place).zip(digits) {
            // (2^32 - 1)^2 + 2 · (2^32 - 1) is 2^64 - 1.
            let sum = u64::from(*word) + digit as u64 * u64::from(other) + carry;
            *word = sum as u32;
            carry = sum >> 32;
        }
    }
    product
}

/// `number + other`, without what is carried out of the number's words.
pub(super) fn plus(number: &[u32], other: &[u32]) -> Vec<u32> {
    let mut carry = 0;
    let sums = number.iter().zip(other).map(|(&word, &other)| {
        let sum = u64::from(word) + u64::from(other) + carry;
        carry = sum >> 32;
        sum as u32
    });
    sums.collect()
}

/// `number >> bits`.
pub(super) fn shifted_down(number: &[u32], bits: usize) -> Vec<u32> {
    let kept = number.get(bits / 32..).unwrap_or_default();
    let above = kept.iter().skip(1).chain(std::iter::once(&0));
    let pairs = kept.iter().zip(above);
    pairs
        .map(|(&low, &high)| ((u64::from(high) << 32 | u64::from(low)) >> (bits % 32)) as u32)
        .collect()
}

/// The lowest 128 bits.
pub(super) fn low_128(number: &[u32]) -> u128 {
    let digits = number.iter().take(4).rev();
    digits.fold(0, |low, &word| low << 32 | u128::from(word))
}

/// `-1 / odd` modulo 2^128, by Newton's iteration: every step doubles the bits that are right.
pub(super) fn negative_inverse(odd: u128) -> u128 {
    let inverse = (0..7).fold(1_u128, |inverse, _| {
        inverse.wrapping_mul(2_u128.wrapping_sub(odd.wrapping_mul(inverse)))
    });
    inverse.wrapping_neg()
}

/// `2^exponent` modulo a number of `bits` bits, whose words have room for one bit more.
pub(super) fn power_of_two(exponent: usize, modulus: &[u32], bits: usize) -> Vec<u32> {
    // Doubling is most of what a new key costs: twice as wide, it takes half as long.
    let modulus = wide(modulus);
    let highest = bits - 1;
    let mut power = vec![0_u64; modulus.len()];
    if let Some(word) = power.get_mut(highest / 64) {
        *word = 1 << (highest % 64);
    }
    for _ in highest..exponent {
        double(&mut power);
        if !power.iter().rev().lt(modulus.iter().rev()) {
            subtract(&mut power, &modulus);
        }
    }
    power
        .iter()
        .flat_map(|&word| [word as u32, (word >> 32) as u32])
        .collect()
}

fn wide(words: &[u32]) -> Vec<u64> {
    let pairs = words.chunks(2);
    let word = |pair: &[u32]| {
        let digits = pair.iter().rev();
        digits.fold(0, |word, &digit| word << 32 | u64::from(digit))
    };
    pairs.map(word).collect()
}

fn double(number: &mut [u64]) {
    let mut carry = 0;
    for word in number {
        (*word, carry) = (*word << 1 | carry, *word >> 63);
    }
}

/// `number - other`, which is not negative.
fn subtract(number: &mut [u64], other: &[u64]) {
    let mut borrow = false;
    for (word, &other) in number.iter_mut().zip(other) {
        (*word, borrow) = word.borrowing_sub(other, borrow);
    }
}
