//! Words: natural numbers as little-endian 32-bit words, for what is done once per key or
//! signature.

/// How many bits a big-endian number without leading zeros has.
pub(super) fn bits(bytes: &[u8]) -> usize {
    let unused = bytes.first().map_or(0, |byte| byte.leading_zeros());
    bytes.len() * 8 - unused as usize
}

/// `count` words of a big-endian number.
pub(super) fn from_bytes(bytes: &[u8], count: usize) -> Vec<u32> {
    let (highest, others) = bytes.as_rchunks::<4>();
    let mut words: Vec<u32> = Vec::with_capacity(count);
    words.extend(others.iter().rev().map(|word| u32::from_be_bytes(*word)));
    words.push(
        highest
            .iter()
            .fold(0, |word, &byte| word << 8 | u32::from(byte)),
    );
    words.resize(count, 0);
    words
}

/// `count` words of `number · factor`.
pub(super) fn times(number: &[u32], factor: u128, count: usize) -> Vec<u32> {
    let mut product = vec![0; count];
    for place in 0..4 {
        let digit = (factor >> (32 * place)) as u32;
        let above = product.get_mut(place..).unwrap_or_default();
        add_multiple(above, number, digit);
    }
    product
}

/// `number + other · factor`, without what is carried out of the number's words.
pub(super) fn plus(number: &[u32], other: &[u32], factor: u32) -> Vec<u32> {
    let mut sum = number.to_vec();
    add_multiple(&mut sum, other, factor);
    sum
}

/// Adds `other · factor`; whether the sum has more words than the number.
fn add_multiple(number: &mut [u32], other: &[u32], factor: u32) -> bool {
    let mut carry = 0;
    let others = other.iter().chain(std::iter::repeat(&0));
    for (word, &other) in number.iter_mut().zip(others) {
        // (2^32 - 1)^2 + 2 · (2^32 - 1) is 2^64 - 1.
        let sum = u64::from(*word) + u64::from(factor) * u64::from(other) + carry;
        *word = sum as u32;
        carry = sum >> 32;
    }
    carry != 0
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

/// `2^exponent` modulo an odd number of `bits` bits, at least two and no more than `exponent`, by
/// long division (Knuth, volume 2, 4.3.1, algorithm D).
pub(super) fn power_of_two(exponent: usize, modulus: &[u32], bits: usize) -> Vec<u32> {
    // Quotients are guessed well when the divisor's highest bit is a word's highest.
    let length = bits.div_ceil(32);
    let shift = length * 32 - bits;
    let divisor = times(modulus, 1 << shift, length);
    let exponent = exponent + shift;
    let mut remainder = vec![0; length + 1];
    if let Some(word) = remainder.get_mut(length - 1) {
        *word = 1 << (exponent % 32);
    }
    for _ in length..=exponent / 32 {
        // The highest word is zero: what is left of a division is below the divisor.
        remainder.rotate_right(1);
        divide(&mut remainder, &divisor);
    }
    shifted_down(&remainder, shift)
}

/// Leaves the remainder of a number that has one word more than the divisor, and is below
/// `divisor · 2^32`.
fn divide(number: &mut [u32], divisor: &[u32]) {
    let ([.., next, highest], [.., leading]) = (&*number, divisor) else {
        return;
    };
    let highest = u64::from(*highest) << 32 | u64::from(*next);
    let guess = (highest / u64::from(*leading)).min(u64::from(u32::MAX));
    // At most two too many.
    let mut is_negative = subtract(number, divisor, guess);
    while is_negative {
        is_negative = !add_multiple(number, divisor, 1);
    }
}

/// Subtracts `other · factor`, which has no more words than the number; whether less than nothing
/// is left. The factor is below 2^32.
fn subtract(number: &mut [u32], other: &[u32], factor: u64) -> bool {
    let (mut carry, mut borrow) = (0, false);
    for (word, &other) in number.iter_mut().zip(other.iter().chain(&[0])) {
        let product = factor * u64::from(other) + carry;
        carry = product >> 32;
        (*word, borrow) = word.borrowing_sub(product as u32, borrow);
    }
    borrow
}

#[cfg(test)]
mod tests;
