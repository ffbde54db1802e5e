//! What is computed once per key, so that checking a signature is 16 squares and two products.
//!
//! The arithmetic wants a modulus that is -1 modulo 2^B, B bits being a block ([`super::montgomery`]). A key's n becomes one by the
//! factor k = -1/n modulo 2^B: M = k·n. To say whether s^65537 is m modulo n is to say whether k·s^65537 is
//! k·m modulo k·n, so the last product is with k·s instead of s, and nothing is ever divided by k.

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
    /// k
    factor: u128,
    /// M, in words.
    multiple: Vec<u32>,
    montgomery: Montgomery<L>,
    /// R², modulo n.
    r_squared: Number<L>,
}

impl<L: Lanes> Modulus<L> {
    /// Of an odd number, big-endian, without leading zeros, of at most 4096 bits.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let bits = words::bits(bytes);
        // R is at least 8·M.
        let blocks = (bits + L::BLOCK_BITS + 3).div_ceil(L::BLOCK_BITS);
        let count = words_in::<L>(blocks);
        let n = words::from_bytes(bytes, count);
        let factor = words::negative_inverse(words::low_128(&n)) & ((1 << L::BLOCK_BITS) - 1);
        let multiple = words::times(&n, factor, count);
        let one = words::from_bytes(&[1], count);
        let quotient = words::shifted_down(&words::plus(&multiple, &one), L::BLOCK_BITS);
        let montgomery = Montgomery {
            quotient: Number::new(&quotient, blocks - 1),
        };
        let r_squared = words::power_of_two(2 * blocks * L::BLOCK_BITS, &n, bits);
        Self {
            blocks,
            factor,
            multiple,
            montgomery,
            r_squared: Number::new(&r_squared, blocks),
        }
    }

    /// Whether `root^65537` is `power` modulo n; both big-endian and below n.
    pub(super) fn is_power(&self, root: &[u8], power: &[u8]) -> bool {
        let count = words_in::<L>(self.blocks);
        let root = words::from_bytes(root, count);
        let last_factor = Number::new(&words::times(&root, self.factor, count), self.blocks);
        let expected = words::times(&words::from_bytes(power, count), self.factor, count);

        let root = Number::new(&root, self.blocks);
        let (mut this, mut other) = (Number::zero(self.blocks), Number::zero(self.blocks));
        let scratch = &mut Scratch::new(self.blocks);
        self.montgomery
            .multiply(&root, &self.r_squared, &mut this, scratch);
        for _ in 0..SQUARES {
            self.montgomery.square(&this, &mut other, scratch);
            std::mem::swap(&mut this, &mut other);
        }
        self.montgomery
            .multiply(&this, &last_factor, &mut other, scratch);

        // The result is below 2·M.
        let result = other.words();
        result == expected || result == words::plus(&expected, &self.multiple)
    }
}
