//! Scalar lanes: four limbs of 27 bits, with 64-bit sums.

use super::lanes::Lanes;

/// Runs everywhere.
#[derive(Clone, Copy)]
pub(super) struct Scalar;

const LIMB_MASK: u64 = (1 << Scalar::LIMB_BITS) - 1;

/// Limbs are canonical, and twice that when doubled. A row adds at most 4 products of 55 bits to a column, and
/// there are at most 39 rows of these and 39 of 54 bits: below 2^63.
impl Lanes for Scalar {
    const LIMB_BITS: u32 = 27;
    const BLOCK_BITS: usize = 4 * Self::LIMB_BITS as usize;
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
    fn add_product<const SETTLE: bool>(
        [c0, c1, c2, c3]: &mut [u64; 4],
        &[r0, r1, r2, r3]: &[u32; 4],
        &[[_, a, b, c], [d, e, f, g]]: &[[u32; 4]; 2],
    ) {
        *c0 += product(d, r0) + product(c, r1) + product(b, r2) + product(a, r3);
        *c1 += product(e, r0) + product(d, r1) + product(c, r2) + product(b, r3);
        *c2 += product(f, r0) + product(e, r1) + product(d, r2) + product(c, r3);
        *c3 += product(g, r0) + product(f, r1) + product(e, r2) + product(d, r3);
    }

    fn settle(_: &mut [[u64; 4]]) {}

    fn carry(columns: &[u64; 4], carry: &mut u64) -> ([u32; 4], [u32; 4]) {
        let mut block = Self::ZERO;
        for (limb, column) in block.iter_mut().zip(columns) {
            let sum = column + *carry;
            *carry = sum >> Self::LIMB_BITS;
            *limb = (sum & LIMB_MASK) as u32;
        }
        (block, block)
    }
}

#[inline(always)]
fn product(limb: u32, other: u32) -> u64 {
    u64::from(limb) * u64::from(other)
}
