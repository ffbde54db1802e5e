//! Lanes: how numbers are laid out in a machine, and multiplied there.
//!
//! A number is a row of *blocks* of some hundred bits, each of several *limbs*. A product of two
//! numbers is collected in *columns*: column `i` is the sum of the products of limbs whose places
//! add up to `i`, not carried yet.

use std::hint::black_box;

/// One machine's way: scalar or SIMD.
///
/// The sums in columns never overflow: each implementation says why.
pub(super) trait Lanes: Copy {
    /// The bits of a limb.
    const LIMB_BITS: u32;
    /// The bits of a block.
    const BLOCK_BITS: usize;
    /// This many rows, an even number, are added to columns before they settle. A column gets at
    /// most four more: in a square, the two that a row's own block and twice the next amount to;
    /// the single one left of an odd number; and the last one.
    const ROWS: usize;
    /// A limb. It is balanced: half of all limbs are negative, and the largest has one bit less
    /// than [`Self::LIMB_BITS`], or a little more where carries are not exact.
    type Limb: Copy + Into<i64>;
    /// The limbs of a block, the lowest first.
    type Block: Copy + AsRef<[Self::Limb]> + AsMut<[Self::Limb]>;
    /// A block as the other factor of a product.
    type Row: Copy;
    /// As many columns as a block has limbs.
    type Columns: Copy;
    /// What is carried from one block of columns to the next.
    type Carry: Default + Clone;

    /// A block of zeros.
    const ZERO: Self::Block;

    /// The limb of that value, not balanced yet.
    fn limb(value: u64) -> Self::Limb;

    /// A block as a row.
    fn row(block: Self::Block) -> Self::Row;

    /// A block whose every limb is twice as large.
    fn doubled(block: Self::Block) -> Self::Block;

    /// Empty columns.
    fn empty() -> Self::Columns;

    /// Columns whose sums are a block's limbs.
    fn columns(block: Self::Block) -> Self::Columns;

    /// Adds the product of `row` and a pair's block to the columns of that block's place, with what
    /// spills into them from the product of `row` and the block before.
    fn add_product(columns: &mut Self::Columns, row: &Self::Row, pair: &Pair<Self>);

    /// Adds the products of `row` and the blocks of `pairs` to the columns, two at a time: where
    /// their number is odd, the last has to be zero.
    #[inline(always)]
    fn add_row(columns: &mut [Self::Columns], row: &Self::Row, pairs: &[Pair<Self>]) {
        let (columns, _) = columns.as_chunks_mut::<2>();
        let (pairs, _) = pairs.as_chunks::<2>();
        for (columns, pairs) in columns.iter_mut().zip(pairs) {
            // Behind opaque pointers, distances are constants that the engine folds into its loads.
            let (columns, row, pairs) = (black_box(columns), black_box(row), black_box(pairs));
            for (columns, pair) in columns.iter_mut().zip(pairs) {
                Self::add_product(columns, row, pair);
            }
        }
    }

    /// Adds two rows, the second one place above the first.
    #[inline(always)]
    fn add_rows(
        columns: &mut [Self::Columns],
        [first, second]: &[Self::Row; 2],
        pairs: &[Pair<Self>],
    ) {
        Self::add_row(columns, first, pairs);
        Self::add_row(columns.get_mut(1..).unwrap_or_default(), second, pairs);
    }

    /// Takes the excess out of columns.
    fn settle(columns: &mut Self::Columns);

    /// Makes settled columns twice as large.
    fn double(columns: &mut Self::Columns);

    /// The number that columns amount to: its next block.
    fn carry(columns: &Self::Columns, carry: &mut Self::Carry) -> Self::Block;
}

/// A block, behind the one before it. Aligned, so that whatever is read of it lies in one line of
/// the cache.
#[derive(Clone, Copy)]
#[repr(align(32))]
pub(super) struct Pair<L: Lanes>(pub(super) [L::Block; 2]);
