//! SIMD lanes: eight limbs of 13 bits, with 32-bit sums, in 128-bit vectors.
//!
//! The instruction that pays is `i32x4.dot_i16x8_s`: eight products of signed 16-bit numbers, added
//! in pairs to four sums. For a pair of limbs `(y, z)` of a row, at the places 2m and 2m + 1, a
//! vector of eight adjacent limbs `x` gives four columns at once, every other one:
//!
//! ```text
//! (x0·z + x1·y, x2·z + x3·y, x4·z + x5·y, x6·z + x7·y)
//! ```
//!
//! So columns are kept as an even and an odd half, and rows as pairs `(z, y)`. Limbs are balanced,
//! from -4,096 to 4,095, because many more of their products fit into a sum than of limbs from 0 to
//! 8,191.

use core::arch::wasm32::{
    i32x4_dot_i16x8, i32x4_shr, u16x8_shl, u32x4_add, u32x4_shl, u32x4_shr, u32x4_shuffle,
    u32x4_splat, u32x4_sub, v128, v128_and, v128_or,
};
use std::hint::black_box;

use super::lanes::{Lanes, Pair};

/// Runs where the `simd128` instructions of WebAssembly do.
#[derive(Clone, Copy)]
pub(super) struct Simd;

/// Eight columns. A column's value is `low + 2^16 · high`.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    even: v128,
    odd: v128,
    even_high: v128,
    odd_high: v128,
}

/// What is carried, in two goes: the odd half's last lane of each.
#[derive(Clone)]
pub(super) struct Carry([v128; 2]);

impl Default for Carry {
    #[inline(always)]
    fn default() -> Self {
        Self([u32x4_splat(0); 2])
    }
}

/// Limbs are at most 4,280, positive or negative. For then a column, of at most 640 products of two
/// of them, is below 1.21e10; what it carries is below 1.48e6 in the first go of [`Lanes::carry`]
/// and at most 181 in the second, which makes limbs of at most 4,096 + 181. A row adds four pairs
/// of products to `low`: at most 1.47e8. Beside the 2^17 that settling and doubling leave, fourteen
/// rows fit below 2^31: [`Lanes::ROWS`] and four.
impl Lanes for Simd {
    const LIMB_BITS: u32 = 13;
    const BLOCK_BITS: usize = 8 * Self::LIMB_BITS as usize;
    const ROWS: usize = 10;
    type Limb = i16;
    type Block = [i16; 8];
    type Row = [v128; 4];
    type Columns = Columns;
    type Carry = Carry;

    const ZERO: [i16; 8] = [0; 8];

    fn limb(value: u64) -> i16 {
        value as i16
    }

    #[inline(always)]
    fn row(block: [i16; 8]) -> [v128; 4] {
        let pairs: v128 = bytemuck::cast(block);
        let swapped = v128_or(u32x4_shl(pairs, 16), u32x4_shr(pairs, 16));
        [
            u32x4_shuffle::<0, 0, 0, 0>(swapped, swapped),
            u32x4_shuffle::<1, 1, 1, 1>(swapped, swapped),
            u32x4_shuffle::<2, 2, 2, 2>(swapped, swapped),
            u32x4_shuffle::<3, 3, 3, 3>(swapped, swapped),
        ]
    }

    #[inline(always)]
    fn doubled(block: [i16; 8]) -> [i16; 8] {
        bytemuck::cast(u16x8_shl(bytemuck::cast(block), 1))
    }

    #[inline(always)]
    fn empty() -> Columns {
        let zero = u32x4_splat(0);
        Columns {
            even: zero,
            odd: zero,
            even_high: zero,
            odd_high: zero,
        }
    }

    #[inline(always)]
    fn columns(block: [i16; 8]) -> Columns {
        let limbs = bytemuck::cast(block);
        Columns {
            even: i32x4_shr(u32x4_shl(limbs, 16), 16),
            odd: i32x4_shr(limbs, 16),
            ..Self::empty()
        }
    }

    #[inline(always)]
    fn add_product(columns: &mut Columns, row: &[v128; 4], pair: &Pair<Self>) {
        columns.even = sum(columns.even, row, &windows::<1>(pair));
        columns.odd = sum(columns.odd, row, &windows::<2>(pair));
    }

    /// Both rows at once, so that what is loaded of a pair serves both.
    #[inline(always)]
    fn add_rows(columns: &mut [Columns], rows: &[[v128; 4]; 2], pairs: &[Pair<Self>]) {
        let mut columns = columns;
        let (pairs, _) = pairs.as_chunks::<2>();
        for pairs in pairs {
            let Some(three) = columns.first_chunk_mut::<3>() else {
                return;
            };
            // As in `add_row`. The rows are copied: nothing that is stored can change them.
            let ([c0, c1, c2], [p0, p1], rows) =
                (black_box(three), black_box(pairs), *black_box(rows));
            add_products([c0, c1], &rows, p0);
            add_products([c1, c2], &rows, p1);
            columns = columns.get_mut(2..).unwrap_or_default();
        }
    }

    #[inline(always)]
    fn settle(columns: &mut Columns) {
        let settled = |low, high| {
            (
                v128_and(low, u32x4_splat(0xffff)),
                u32x4_add(high, i32x4_shr(low, 16)),
            )
        };
        (columns.even, columns.even_high) = settled(columns.even, columns.even_high);
        (columns.odd, columns.odd_high) = settled(columns.odd, columns.odd_high);
    }

    #[inline(always)]
    fn double(columns: &mut Columns) {
        columns.even = u32x4_shl(columns.even, 1);
        columns.odd = u32x4_shl(columns.odd, 1);
        columns.even_high = u32x4_shl(columns.even_high, 1);
        columns.odd_high = u32x4_shl(columns.odd_high, 1);
    }

    #[inline(always)]
    fn carry(columns: &Columns, Carry([first, second]): &mut Carry) -> [i16; 8] {
        let excess = |low, high| {
            u32x4_add(
                i32x4_shr(low, Self::LIMB_BITS),
                u32x4_shl(high, 16 - Self::LIMB_BITS),
            )
        };
        let (even, odd) = carried(
            [lowest_bits(columns.even), lowest_bits(columns.odd)],
            excess(columns.even, columns.even_high),
            excess(columns.odd, columns.odd_high),
            first,
        );
        // The nearest multiple of 2^13 goes, so that what stays is balanced.
        let half = u32x4_splat(1 << (Self::LIMB_BITS - 1));
        let (even, odd) = (u32x4_add(even, half), u32x4_add(odd, half));
        let balanced = |sum| u32x4_sub(lowest_bits(sum), half);
        let (even, odd) = carried(
            [balanced(even), balanced(odd)],
            i32x4_shr(even, Self::LIMB_BITS),
            i32x4_shr(odd, Self::LIMB_BITS),
            second,
        );
        let even = v128_and(even, u32x4_splat(0xffff));
        bytemuck::cast(v128_or(even, u32x4_shl(odd, 16)))
    }
}

/// Adds the products of two rows and one pair, the second row's one place above the first's.
#[inline(always)]
fn add_products(
    [this, above]: [&mut Columns; 2],
    [first, second]: &[[v128; 4]; 2],
    pair: &Pair<Simd>,
) {
    // One half is stored before the other is begun: more sums at once do not fit the engine's
    // registers.
    let even = windows::<1>(pair);
    this.even = sum(this.even, first, &even);
    above.even = sum(above.even, second, &even);
    let odd = windows::<2>(pair);
    this.odd = sum(this.odd, first, &odd);
    above.odd = sum(above.odd, second, &odd);
}

/// The limbs of a pair that the pairs of limbs of a row meet in one half of the columns: from four
/// places on, the highest first.
#[inline(always)]
fn windows<const START: usize>(Pair(blocks): &Pair<Simd>) -> [v128; 4] {
    let limbs = blocks.as_flattened();
    [
        eight(limbs, START + 6),
        eight(limbs, START + 4),
        eight(limbs, START + 2),
        eight(limbs, START),
    ]
}

#[inline(always)]
fn eight(limbs: &[i16], at: usize) -> v128 {
    match limbs.get(at..at + 8) {
        Some(limbs) => bytemuck::pod_read_unaligned(bytemuck::cast_slice(limbs)),
        None => u32x4_splat(0),
    }
}

#[inline(always)]
fn sum(sum: v128, [r0, r1, r2, r3]: &[v128; 4], [w0, w1, w2, w3]: &[v128; 4]) -> v128 {
    let sum = u32x4_add(sum, i32x4_dot_i16x8(*w0, *r0));
    let sum = u32x4_add(sum, i32x4_dot_i16x8(*w1, *r1));
    let sum = u32x4_add(sum, i32x4_dot_i16x8(*w2, *r2));
    u32x4_add(sum, i32x4_dot_i16x8(*w3, *r3))
}

#[inline(always)]
fn lowest_bits(sum: v128) -> v128 {
    v128_and(sum, u32x4_splat((1 << Simd::LIMB_BITS) - 1))
}

/// What stays in both halves, with what comes from their neighbours below.
#[inline(always)]
fn carried(
    [even, odd]: [v128; 2],
    from_even: v128,
    from_odd: v128,
    carry: &mut v128,
) -> (v128, v128) {
    let from_below = u32x4_shuffle::<3, 4, 5, 6>(*carry, from_odd);
    *carry = from_odd;
    (u32x4_add(even, from_below), u32x4_add(odd, from_even))
}
