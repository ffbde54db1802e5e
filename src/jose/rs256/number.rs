//! A number as lanes have it.

use super::lanes::Lanes;

/// A number of some blocks, each ready to be either factor of a product.
#[derive(Clone)]
pub(super) struct Number<L: Lanes> {
    /// Each block, and the one before it. The first has zeros before it; behind the last are [`SPARE`] pairs.
    pub(super) pairs: Vec<[L::Block; 2]>,
    /// The blocks as rows.
    pub(super) rows: Vec<L::Row>,
}

/// The pair of the last block and zeros, and so many of zeros that pairs can be taken four at a time.
pub(super) const SPARE: usize = 4;

impl<L: Lanes> Number<L> {
    /// Zero, of `count` blocks.
    pub(super) fn zero(count: usize) -> Self {
        Self {
            pairs: vec![[L::ZERO; 2]; count + SPARE],
            rows: vec![L::row(&L::ZERO); count],
        }
    }

    /// A number of little-endian words, in `count` blocks.
    pub(super) fn new(words: &[u32], count: usize) -> Self {
        let mut number = Self::zero(count);
        let mut words = words.iter();
        let (mut buffer, mut bits) = (0_u64, 0);
        for index in 0..count {
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
            number.set(index, block, L::row(&block));
        }
        number
    }

    /// Replaces a block.
    #[inline(always)]
    pub(super) fn set(&mut self, index: usize, block: L::Block, row: L::Row) {
        let pairs = self.pairs.get_mut(index..).unwrap_or_default();
        if let ([[_, this], [before, _], ..], Some(own)) = (pairs, self.rows.get_mut(index)) {
            (*this, *before, *own) = (block, block, row);
        }
    }

    /// The blocks.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &L::Block> {
        let pairs = self.pairs.iter().take(self.rows.len());
        pairs.map(|[_, block]| block)
    }

    /// The little-endian words of the number, whether its limbs are canonical or not.
    pub(super) fn words(&self) -> Vec<u32> {
        let mut words = Vec::with_capacity(words_in::<L>(self.rows.len()));
        let (mut buffer, mut bits) = (0_u64, 0);
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
