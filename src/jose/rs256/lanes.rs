//! Lanes: how numbers are laid out in a machine, and multiplied there.
//!
//! A number is a row of *blocks* of some hundred bits, each of several *limbs*. A product of two numbers is
//! collected in *columns*: column `i` is the sum of the products of limbs whose places add up to `i`, not carried yet.

/// One machine's way: scalar or SIMD.
///
/// The sums in columns never overflow: each implementation says why.
pub(super) trait Lanes: Copy {
    /// The bits of a limb once it is canonical.
    const LIMB_BITS: u32;
    /// The bits of a block.
    const BLOCK_BITS: usize;
    /// A limb: canonical, or a little more while it is worked with.
    type Limb: Copy + Into<u64>;
    /// The limbs of a block, the lowest first.
    type Block: Copy + AsRef<[Self::Limb]> + AsMut<[Self::Limb]>;
    /// A block as the other factor of a product.
    type Row: Copy;
    /// As many columns as a block has limbs.
    type Columns: Copy;
    /// What is carried from one block of columns to the next.
    type Carry: Default;

    /// A block of zeros.
    const ZERO: Self::Block;

    /// The limb of that canonical value.
    fn limb(value: u64) -> Self::Limb;

    /// Empty columns.
    fn empty() -> Self::Columns;

    /// A block as a row.
    fn row(block: &Self::Block) -> Self::Row;

    /// A block whose every limb is twice as large.
    fn doubled(block: Self::Block) -> Self::Block;

    /// Adds the product of `row` and a block to the columns of the block's place, with what spills into them from
    /// the product of `row` and the block before.
    ///
    /// `SETTLE` takes the excess out of the columns, so that more rows can be added: true at least for every
    /// sixth row, or for every third when the blocks are doubled.
    fn add_product<const SETTLE: bool>(
        columns: &mut Self::Columns,
        row: &Self::Row,
        before_and_block: &[Self::Block; 2],
    );

    /// Takes the excess out of all columns.
    fn settle(columns: &mut [Self::Columns]);

    /// The number that columns amount to: its next block, as both factors of a product.
    fn carry(columns: &Self::Columns, carry: &mut Self::Carry) -> (Self::Block, Self::Row);
}
