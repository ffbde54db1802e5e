//! What is computed once per key, so that checking a signature is 16 squares and two products.
//!
//! The arithmetic wants, beside n, a multiple of n that is -1 modulo 2^B, B bits being a block:
//! k·n, where k is -1/n modulo 2^B ([`super::montgomery`]).

use super::lanes::Lanes;
use super::montgomery::{Montgomery, Scratch};
use super::number::{Number, words_in};
use super::words;

/// 65537 is 2^16 + 1.
const SQUARES: usize = 16;

/// A modulus n, and what follows from it.
#[derive(Clone)]
pub(super) struct Modulus<L: Lanes> {
    /// How many blocks numbers have.
    blocks: usize,
    /// n, in words.
    words: Vec<u32>,
    /// 1/n modulo 2^32
    inverse: u32,
    montgomery: Montgomery<L>,
    /// R², modulo n.
    r_squared: Number<L>,
}

impl<L: Lanes> Modulus<L> {
    /// Of an odd number, big-endian, without leading zeros, of at most 4096 bits.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let bits = words::bits(bytes);
        // R is at least 8·n.
        let blocks = (bits + 3).div_ceil(L::BLOCK_BITS);
        let count = words_in::<L>(blocks);
        let n = words::from_bytes(bytes, count);
        let negative_inverse = words::negative_inverse(words::low_128(&n));
        let factor = negative_inverse & ((1 << L::BLOCK_BITS) - 1);
        let one = words::from_bytes(&[1], count);
        let multiple = words::times(&n, factor, words_in::<L>(blocks + 1));
        let quotient = words::shifted_down(&words::plus(&multiple, &one, 1), L::BLOCK_BITS);
        let r_squared = words::power_of_two(2 * blocks * L::BLOCK_BITS, &n, bits);
        let montgomery = Montgomery {
            modulus: Number::new(&n, blocks),
            quotient: Number::new(&quotient, blocks),
            factor: Number::new(&words::from_bytes(&factor.to_be_bytes(), count), 1),
        };
        Self {
            blocks,
            words: n,
            inverse: negative_inverse.wrapping_neg() as u32,
            montgomery,
            r_squared: Number::new(&r_squared, blocks),
        }
    }

    /// Whether `root^65537` is `power` modulo n; both big-endian and below n.
    pub(super) fn is_power(&self, root: &[u8], power: &[u8]) -> bool {
        let count = words_in::<L>(self.blocks);
        let root = Number::new(&words::from_bytes(root, count), self.blocks);
        let (mut this, mut other) = (Number::zero(self.blocks), Number::zero(self.blocks));
        let scratch = &mut Scratch::new(self.blocks);
        self.montgomery
            .multiply(&root, &self.r_squared, &mut this, scratch);
        for _ in 0..SQUARES {
            self.montgomery.square(&this, &mut other, scratch);
            std::mem::swap(&mut this, &mut other);
        }
        self.montgomery.multiply(&this, &root, &mut other, scratch);
        self.is_congruent(&other.words(), &words::from_bytes(power, count))
    }

    /// Whether a number between -2·n and 2·n is `least` modulo n, which is between 0 and n.
    fn is_congruent(&self, number: &[u32], least: &[u32]) -> bool {
        let lowest = |words: &[u32]| words.first().copied().unwrap_or_default();
        // Their lowest words say what multiple of n is between them, if one is.
        let difference = lowest(number).wrapping_sub(lowest(least));
        let times = difference.wrapping_mul(self.inverse) as i32;
        // At most twice; many more would not fit the words.
        if times.unsigned_abs() > 2 {
            return false;
        }
        let (lower, higher) = match times < 0 {
            false => (least, number),
            true => (number, least),
        };
        words::plus(lower, &self.words, times.unsigned_abs()) == higher
    }
}

#[cfg(test)]
mod tests;
