//! Montgomery's multiplication, for moduli that make it easy.
//!
//! The modulus M is -1 modulo 2^104, one block. So the lowest block q of a number t is its own quotient: in
//! t + q·M = (t - q) + q·((M + 1) / 2^104)·2^104 the lowest block is zero. As often as a number has blocks, the
//! lowest one goes that way; what is left is t / R modulo M, where R is 2^104 to that power. With R at least
//! 8·M and factors below 2·M, results are below 2·M again: nothing is ever subtracted.

use super::lanes::Lanes;
use super::number::Number;

/// Arithmetic modulo M.
#[derive(Clone)]
pub(super) struct Montgomery<L: Lanes> {
    /// (M + 1) / 2^104, which has one block less than the numbers.
    pub(super) quotient: Number<L>,
}

/// What a multiplication works with, kept from one to the next.
pub(super) struct Scratch<L: Lanes> {
    /// For twice as many blocks as a number has, and two.
    columns: Vec<L::Columns>,
    /// A number's blocks, doubled, with two zeros behind.
    doubled: Vec<L::Block>,
    /// For each block of a number: zeros, the block, and the next one doubled.
    diagonal: Vec<[L::Block; 3]>,
}

impl<L: Lanes> Scratch<L> {
    /// For numbers of `count` blocks.
    pub(super) fn new(count: usize) -> Self {
        Self {
            columns: vec![L::empty(); 2 * count + 2],
            doubled: vec![L::ZERO; count + 2],
            diagonal: vec![[L::ZERO; 3]; count],
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
        for (index, &row) in b.rows.iter().enumerate() {
            add_row::<L, 6>(index, columns, row, &a.blocks);
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
        let Scratch {
            columns,
            doubled,
            diagonal,
        } = scratch;
        let (_, blocks) = a.blocks.split_at(1);
        for (doubled, &block) in doubled.iter_mut().zip(blocks) {
            *doubled = L::doubled(block);
        }
        for (window, (&block, &next)) in diagonal
            .iter_mut()
            .zip(blocks.iter().zip(doubled.iter().skip(1)))
        {
            *window = [L::ZERO, block, next];
        }
        // Each row with itself once, and twice with the blocks above it.
        columns.fill(L::empty());
        let (mut columns, mut doubled) = (columns.as_mut_slice(), doubled.as_slice());
        for (index, (&row, diagonal)) in a.rows.iter().zip(diagonal).enumerate() {
            doubled = doubled.get(1..).unwrap_or_default();
            add_row::<L, 3>(index, columns, row, diagonal);
            columns = from(columns, 2);
            add_row::<L, 3>(index, columns, row, doubled);
        }
        self.reduce(&mut scratch.columns, square);
    }

    /// Divides what is in the columns by R.
    #[inline(always)]
    fn reduce(&self, columns: &mut [L::Columns], result: &mut Number<L>) {
        L::settle(columns);
        let mut carry = L::Carry::default();
        let mut columns = columns;
        for index in 0..result.rows.len() {
            let Some((lowest, rest)) = columns.split_first_mut() else {
                return;
            };
            let (_, row) = L::carry(lowest, &mut carry);
            add_row::<L, 6>(index, rest, row, &self.quotient.blocks);
            columns = rest;
        }
        let places = result.blocks.iter_mut().skip(1).zip(&mut result.rows);
        for (columns, (block, row)) in columns.iter().zip(places) {
            (*block, *row) = L::carry(columns, &mut carry);
        }
    }
}

/// Adds a row, and settles the columns after every `PERIOD` rows.
#[inline(always)]
fn add_row<L: Lanes, const PERIOD: usize>(
    index: usize,
    columns: &mut [L::Columns],
    row: L::Row,
    blocks: &[L::Block],
) {
    match index % PERIOD == PERIOD - 1 {
        true => L::add_row::<true>(columns, row, blocks),
        false => L::add_row::<false>(columns, row, blocks),
    }
}

#[inline(always)]
fn from<T>(columns: &mut [T], start: usize) -> &mut [T] {
    columns.get_mut(start..).unwrap_or_default()
}
