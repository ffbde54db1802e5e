//! A number as lanes have it.

use super::lanes::{BLOCK_BITS, Lanes};

/// A number of some blocks, each ready to be either factor of a product.
#[derive(Clone)]
pub(super) struct Number<L: Lanes> {
    /// The blocks, with one zero block before them and two behind.
    pub(super) blocks: Vec<L::Block>,
    /// The blocks as rows.
    pub(super) rows: Vec<L::Row>,
}

impl<L: Lanes> Number<L> {
    /// Zero, of `count` blocks.
    pub(super) fn zero(count: usize) -> Self {
        Self {
            blocks: vec![L::ZERO; count + 3],
            rows: vec![L::row(&L::ZERO); count],
        }
    }

    /// A number of little-endian words, in `count` blocks.
    pub(super) fn new(words: &[u32], count: usize) -> Self {
        let mut number = Self::zero(count);
        let mut words = words.iter();
        let (mut buffer, mut bits) = (0_u64, 0);
        for (block, row) in number.blocks.iter_mut().skip(1).zip(&mut number.rows) {
            for limb in block.as_mut() {
                if bits < L::LIMB_BITS {
                    buffer |= u64::from(words.next().copied().unwrap_or(0)) << bits;
                    bits += 32;
                }
                *limb = L::limb(buffer & ((1 << L::LIMB_BITS) - 1));
                buffer >>= L::LIMB_BITS;
                bits -= L::LIMB_BITS;
            }
            *row = L::row(block);
        }
        number
    }

    /// The little-endian words of the number, whether its limbs are canonical or not.
    pub(super) fn words(&self) -> Vec<u32> {
        let mut words = Vec::with_capacity(words_in(self.rows.len()));
        let (mut buffer, mut bits) = (0_u64, 0);
        let blocks = self.blocks.iter().skip(1).take(self.rows.len());
        for &limb in blocks.flat_map(AsRef::as_ref) {
            // The buffer has less than 32 bits and a carry.
            buffer += limb.into() << bits;
            bits += L::LIMB_BITS;
            if bits >= 32 {
                words.push(buffer as u32);
                buffer >>= 32;
                bits -= 32;
            }
        }
        words.push(buffer as u32);
        words
    }
}

/// How many words a number of `blocks` blocks has.
pub(super) fn words_in(blocks: usize) -> usize {
    blocks * BLOCK_BITS / 32 + 1
}
