//! Scalar lanes: four limbs of 29 bits, with 64-bit sums.
//!
//! Limbs are balanced, from -2^28 to 2^28 - 1, because many more of their products fit into a sum
//! than of limbs from 0 to 2^29 - 1.

use super::lanes::{Lanes, Pair};

/// Runs everywhere.
#[derive(Clone, Copy)]
pub(super) struct Scalar;

/// Four columns. A column's value is `low + 2^32 · high`.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    low: [i64; 4],
    high: [i64; 4],
}

/// A row adds four products of two limbs to `low`: at most 2^58. Beside the 2^33 that settling and
/// doubling leave, 31 rows fit below 2^63: [`Lanes::ROWS`] and four, and one to spare.
impl Lanes for Scalar {
    const LIMB_BITS: u32 = 29;
    const BLOCK_BITS: usize = 4 * Self::LIMB_BITS as usize;
    const ROWS: usize = 26;
    type Limb = i32;
    type Block = [i32; 4];
    type Row = [i32; 4];
    type Columns = Columns;
    type Carry = i64;

    const ZERO: [i32; 4] = [0; 4];

    fn limb(value: u64) -> i32 {
        value as i32
    }

    fn row(block: [i32; 4]) -> [i32; 4] {
        block
    }

    fn doubled(block: [i32; 4]) -> [i32; 4] {
        block.map(|limb| limb << 1)
    }

    fn empty() -> Columns {
        Self::columns(Self::ZERO)
    }

    fn columns(block: [i32; 4]) -> Columns {
        Columns {
            low: block.map(i64::from),
            high: [0; 4],
        }
    }

    #[inline(always)]
    fn add_product(
        Columns {
            low: [c0, c1, c2, c3],
            ..
        }: &mut Columns,
        &[r0, r1, r2, r3]: &[i32; 4],
        &Pair([[_, a, b, c], [d, e, f, g]]): &Pair<Self>,
    ) {
        *c0 += product(d, r0) + product(c, r1) + product(b, r2) + product(a, r3);
        *c1 += product(e, r0) + product(d, r1) + product(c, r2) + product(b, r3);
        *c2 += product(f, r0) + product(e, r1) + product(d, r2) + product(c, r3);
        *c3 += product(g, r0) + product(f, r1) + product(e, r2) + product(d, r3);
    }

    #[inline(always)]
    fn settle(
        Columns {
            low: [c0, c1, c2, c3],
            high: [h0, h1, h2, h3],
        }: &mut Columns,
    ) {
        settle(c0, h0);
        settle(c1, h1);
        settle(c2, h2);
        settle(c3, h3);
    }

    #[inline(always)]
    fn double(columns: &mut Columns) {
        columns.low = columns.low.map(|low| low << 1);
        columns.high = columns.high.map(|high| high << 1);
    }

    #[inline(always)]
    fn carry(columns: &Columns, carry: &mut i64) -> [i32; 4] {
        let mut block = Self::ZERO;
        for (limb, (low, high)) in block.iter_mut().zip(columns.low.iter().zip(&columns.high)) {
            let sum = low + *carry;
            // The nearest multiple of 2^29 goes, so that what stays is balanced.
            let unused = i64::BITS - Self::LIMB_BITS;
            let balanced = sum << unused >> unused;
            *carry = ((sum - balanced) >> Self::LIMB_BITS) + (high << (32 - Self::LIMB_BITS));
            *limb = balanced as i32;
        }
        block
    }
}

#[inline(always)]
fn settle(low: &mut i64, high: &mut i64) {
    *high += *low >> 32;
    *low &= 0xffff_ffff;
}

#[inline(always)]
fn product(limb: i32, other: i32) -> i64 {
    i64::from(limb) * i64::from(other)
}
