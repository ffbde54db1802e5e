//! A number as lanes have it.

use super::lanes::{Lanes, Pair};

/// A number of some blocks, ready to be either factor of a product.
#[derive(Clone)]
pub(super) struct Number<L: Lanes> {
    /// The blocks, and [`SPARE`] more.
    pub(super) pairs: Vec<Pair<L>>,
    /// The blocks as rows.
    pub(super) rows: Vec<L::Row>,
}

/// What the last block spills into, and one more, so that pairs can be taken two at a time.
pub(super) const SPARE: usize = 2;

impl<L: Lanes> Number<L> {
    /// Zero, of `count` blocks.
    pub(super) fn zero(count: usize) -> Self {
        Self {
            pairs: vec![Pair([L::ZERO; 2]); count + SPARE],
            rows: vec![L::row(L::ZERO); count],
        }
    }

    /// A number of little-endian words, in `count` blocks.
    pub(super) fn new(words: &[u32], count: usize) -> Self {
        let mut words = words.iter();
        let (mut buffer, mut bits) = (0_u64, 0);
        let mut carry = L::Carry::default();
        let blocks = std::iter::repeat_with(|| {
            let mut block = L::ZERO;
            for limb in block.as_mut() {
                if bits < L::LIMB_BITS {
                    buffer |= u64::from(words.next().copied().unwrap_or(0)) << bits;
                    bits += 32;
                }
                *limb = L::limb(buffer & ((1 << L::LIMB_BITS) - 1));
                buffer >>= L::LIMB_BITS;
                bits -= L::LIMB_BITS;
            }
            L::carry(&L::columns(block), &mut carry)
        });
        Self::of_blocks(blocks.take(count), count)
    }

    /// A number of those blocks, at most `count`.
    pub(super) fn of_blocks(blocks: impl Iterator<Item = L::Block>, count: usize) -> Self {
        let mut number = Self::zero(count);
        for (block, (this, row)) in blocks.zip(number.blocks_and_rows()) {
            (*this, *row) = (block, L::row(block));
        }
        number.complete();
        number
    }

    /// Each block and its row, to be replaced together; [`Self::complete`] has to follow.
    #[inline(always)]
    pub(super) fn blocks_and_rows(&mut self) -> impl Iterator<Item = (&mut L::Block, &mut L::Row)> {
        let pairs = self.pairs.iter_mut();
        pairs.map(|Pair([_, block])| block).zip(&mut self.rows)
    }

    /// Puts each block behind the one before it.
    #[inline(always)]
    pub(super) fn complete(&mut self) {
        let mut last = L::ZERO;
        for Pair([before, block]) in &mut self.pairs {
            (*before, last) = (last, *block);
        }
    }

    /// The blocks.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &L::Block> {
        let pairs = self.pairs.iter().take(self.rows.len());
        pairs.map(|Pair([_, block])| block)
    }

    /// The little-endian words of the number, canonical or not; of a negative one, its two's
    /// complement.
    pub(super) fn words(&self) -> Vec<u32> {
        let mut words = Vec::with_capacity(words_in::<L>(self.rows.len()));
        let (mut buffer, mut bits) = (0_i64, 0);
        for &limb in self.blocks().flat_map(AsRef::as_ref) {
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
pub(super) fn words_in<L: Lanes>(blocks: usize) -> usize {
    blocks * L::BLOCK_BITS / 32 + 1
}
