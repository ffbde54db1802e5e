//! Scalar lanes: four limbs of 26 bits, with 64-bit sums.

use super::lanes::Lanes;

/// Runs everywhere.
#[derive(Clone, Copy)]
pub(super) struct Scalar;

const LIMB_MASK: u64 = (1 << Scalar::LIMB_BITS) - 1;

/// Limbs are canonical, and twice that when doubled. A row adds at most 4 products of 53 bits to a column, and
/// there are at most 41 rows of these and 41 of 52 bits: below 2^61.
impl Lanes for Scalar {
    const LIMB_BITS: u32 = 26;
    type Limb = u32;
    type Block = [u32; 4];
    type Row = [u32; 4];
    type Columns = [u64; 4];
    type Carry = u64;

    const ZERO: [u32; 4] = [0; 4];

    fn limb(value: u64) -> u32 {
        value as u32
    }

    fn empty() -> [u64; 4] {
        [0; 4]
    }

    fn row(block: &[u32; 4]) -> [u32; 4] {
        *block
    }

    fn doubled(block: [u32; 4]) -> [u32; 4] {
        block.map(|limb| limb << 1)
    }

    #[inline(always)]
    fn add_row<const SETTLE: bool>(columns: &mut [[u64; 4]], row: [u32; 4], blocks: &[[u32; 4]]) {
        let [r0, r1, r2, r3] = row.map(u64::from);
        for (columns, [before, block]) in columns.iter_mut().zip(blocks.array_windows()) {
            let [_, a, b, c] = before.map(u64::from);
            let [d, e, f, g] = block.map(u64::from);
            let [c0, c1, c2, c3] = *columns;
            *columns = [
                c0 + d * r0 + c * r1 + b * r2 + a * r3,
                c1 + e * r0 + d * r1 + c * r2 + b * r3,
                c2 + f * r0 + e * r1 + d * r2 + c * r3,
                c3 + g * r0 + f * r1 + e * r2 + d * r3,
            ];
        }
    }

    fn settle(_: &mut [[u64; 4]]) {}

    fn carry(columns: &[u64; 4], carry: &mut u64) -> ([u32; 4], [u32; 4]) {
        let block = columns.map(|column| {
            let sum = column + *carry;
            *carry = sum >> Self::LIMB_BITS;
            (sum & LIMB_MASK) as u32
        });
        (block, block)
    }
}
