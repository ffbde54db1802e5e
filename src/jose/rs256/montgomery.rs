//! Montgomery's multiplication, for moduli that make it easy.
//!
//! The modulus M is -1 modulo 2^B, where a block has B bits. So the lowest block q of a number t is its own quotient: in
//! t + q·M = (t - q) + q·((M + 1) / 2^B)·2^B the lowest block is zero. As often as a number has blocks, the
//! lowest one goes that way; what is left is t / R modulo M, where R is 2^B to that power. With R at least
//! 8·M and factors below 2·M, results are below 2·M again: nothing is ever subtracted.

use std::hint::black_box;

use super::lanes::Lanes;
use super::number::{Number, SPARE};

/// Arithmetic modulo M.
#[derive(Clone)]
pub(super) struct Montgomery<L: Lanes> {
    /// (M + 1) / 2^B, which has one block less than the numbers.
    pub(super) quotient: Number<L>,
}

/// What a multiplication works with, kept from one to the next.
pub(super) struct Scratch<L: Lanes> {
    /// For twice as many blocks as a number has, and for what rows reach beyond.
    columns: Vec<L::Columns>,
    /// A number's pairs, doubled.
    doubled: Vec<[L::Block; 2]>,
}

impl<L: Lanes> Scratch<L> {
    /// For numbers of `count` blocks.
    pub(super) fn new(count: usize) -> Self {
        Self {
            columns: vec![L::empty(); 2 * count + SPARE],
            doubled: vec![[L::ZERO; 2]; count + SPARE],
        }
    }
}

impl<L: Lanes> Montgomery<L> {
    /// `product = a · b / R`
    #[cfg_attr(
        all(feature = "simd", target_arch = "wasm32"),
        target_feature(enable = "simd128")
    )]
    pub(super) fn multiply(
        &self,
        a: &Number<L>,
        b: &Number<L>,
        product: &mut Number<L>,
        scratch: &mut Scratch<L>,
    ) {
        scratch.columns.fill(L::empty());
        let mut columns = scratch.columns.as_mut_slice();
        for (index, row) in b.rows.iter().enumerate() {
            add_row::<L, 6>(index, columns, row, &a.pairs);
            columns = from(columns, 1);
        }
        self.reduce(&mut scratch.columns, product);
    }

    /// `square = a² / R`
    #[cfg_attr(
        all(feature = "simd", target_arch = "wasm32"),
        target_feature(enable = "simd128")
    )]
    pub(super) fn square(&self, a: &Number<L>, square: &mut Number<L>, scratch: &mut Scratch<L>) {
        let Scratch { columns, doubled } = scratch;
        for (doubled, pair) in doubled.iter_mut().zip(&a.pairs) {
            *doubled = pair.map(L::doubled);
        }
        columns.fill(L::empty());
        let (mut columns, mut doubled) = (columns.as_mut_slice(), doubled.as_mut_slice());
        for (index, (row, &block)) in a.rows.iter().zip(a.blocks()).enumerate() {
            // Each row with itself once, and twice with the blocks above it.
            if let [own, [before, _], ..] = doubled {
                (*own, *before) = ([L::ZERO, block], block);
            }
            add_row::<L, 3>(index, columns, row, doubled);
            (columns, doubled) = (from(columns, 2), from(doubled, 1));
        }
        self.reduce(&mut scratch.columns, square);
    }

    /// Divides what is in the columns by R.
    #[inline(always)]
    fn reduce(&self, columns: &mut [L::Columns], result: &mut Number<L>) {
        L::settle(columns);
        let (Some((first, others)), Some((lowest, mut columns))) =
            (self.quotient.pairs.split_first(), columns.split_first_mut())
        else {
            return;
        };
        let mut carry = L::Carry::default();
        let (mut block, mut row) = L::carry(lowest, &mut carry);
        let count = result.rows.len();
        for index in 0..count {
            let Some((next, above)) = columns.split_first_mut() else {
                return;
            };
            // The next row is begun before this one is done, so that nothing has to wait for it.
            L::add_product::<false>(next, &row, first);
            let following = L::carry(next, &mut carry);
            add_row::<L, 6>(index, above, &row, others);
            (block, row) = following;
            columns = above;
        }
        result.set(0, block, row);
        for (index, columns) in (1..count).zip(columns) {
            let (block, row) = L::carry(columns, &mut carry);
            result.set(index, block, row);
        }
    }
}

/// Adds the product of `row` and the blocks of `pairs` to the columns, and settles them after every `PERIOD` rows.
#[inline(always)]
fn add_row<L: Lanes, const PERIOD: usize>(
    index: usize,
    columns: &mut [L::Columns],
    row: &L::Row,
    pairs: &[[L::Block; 2]],
) {
    match index % PERIOD == PERIOD - 1 {
        true => add_products::<L, true>(columns, row, pairs),
        false => add_products::<L, false>(columns, row, pairs),
    }
}

/// Four at a time: where the last four are less, they are zeros.
#[inline(always)]
fn add_products<L: Lanes, const SETTLE: bool>(
    columns: &mut [L::Columns],
    row: &L::Row,
    pairs: &[[L::Block; 2]],
) {
    let (columns, _) = columns.as_chunks_mut::<4>();
    let (pairs, _) = pairs.as_chunks::<4>();
    for (columns, pairs) in columns.iter_mut().zip(pairs) {
        // Behind opaque pointers, distances are constants that the engine folds into its loads.
        let (columns, row, pairs) = (black_box(columns), black_box(row), black_box(pairs));
        for (columns, pair) in columns.iter_mut().zip(pairs) {
            L::add_product::<SETTLE>(columns, row, pair);
        }
    }
}

#[inline(always)]
fn from<T>(values: &mut [T], start: usize) -> &mut [T] {
    values.get_mut(start..).unwrap_or_default()
}
