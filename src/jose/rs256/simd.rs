//! SIMD lanes: eight limbs of 13 bits, with 32-bit sums, in 128-bit vectors.
//!
//! The instruction that pays is `i32x4.dot_i16x8_s`: eight products of 16-bit numbers, added in pairs to four
//! sums. For a pair of limbs `(y, z)` of a row, at the places 2m and 2m + 1, a vector of eight adjacent limbs
//! `x` gives four columns at once, every other one:
//!
//! ```text
//! (x0·z + x1·y, x2·z + x3·y, x4·z + x5·y, x6·z + x7·y)
//! ```
//!
//! So columns are kept as an even and an odd half, and rows as pairs `(z, y)`.

use core::arch::wasm32::{
    i32x4_dot_i16x8, u16x8_shl, u32x4, u32x4_add, u32x4_shl, u32x4_shr, u32x4_shuffle, u32x4_splat,
    v128, v128_and, v128_or,
};

use super::lanes::Lanes;

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
pub(super) struct Carry([v128; 2]);

impl Default for Carry {
    #[inline(always)]
    fn default() -> Self {
        Self([u32x4_splat(0); 2])
    }
}

/// Limbs are at most 8,940. For then a column, of at most 328 products of two such limbs and 320 with a canonical
/// one, is below 5.0e10; what it carries is below 6.11e6 in the first go of [`Lanes::carry`] and at most 746 in
/// the second, which makes limbs of at most 8,191 + 746. A row adds four pairs of products to `low`: at most
/// 6.4e8, or 12.8e8 when doubled. So six rows fit below 2^32, and three doubled ones, beside the 2^16 that
/// settling leaves.
impl Lanes for Simd {
    const LIMB_BITS: u32 = 13;
    const BLOCK_BITS: usize = 8 * Self::LIMB_BITS as usize;
    type Limb = u16;
    type Block = [u16; 8];
    type Row = [v128; 4];
    type Columns = Columns;
    type Carry = Carry;

    const ZERO: [u16; 8] = [0; 8];

    fn limb(value: u64) -> u16 {
        value as u16
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

    fn row(block: &[u16; 8]) -> [v128; 4] {
        let [a, b, c, d, e, f, g, h] = block.map(u32::from);
        everywhere(u32x4(a << 16 | b, c << 16 | d, e << 16 | f, g << 16 | h))
    }

    #[inline(always)]
    fn doubled(block: [u16; 8]) -> [u16; 8] {
        bytemuck::cast(u16x8_shl(bytemuck::cast(block), 1))
    }

    #[inline(always)]
    fn add_product<const SETTLE: bool>(
        columns: &mut Columns,
        row: &[v128; 4],
        before_and_block: &[[u16; 8]; 2],
    ) {
        // One half is stored before the other is begun: more sums at once do not fit the engine's registers.
        let limbs = before_and_block.as_flattened();
        columns.even = sum(columns.even, row, limbs, 1);
        if SETTLE {
            settle(&mut columns.even, &mut columns.even_high);
        }
        columns.odd = sum(columns.odd, row, limbs, 2);
        if SETTLE {
            settle(&mut columns.odd, &mut columns.odd_high);
        }
    }

    #[inline(always)]
    fn settle(columns: &mut [Columns]) {
        for columns in columns {
            settle(&mut columns.even, &mut columns.even_high);
            settle(&mut columns.odd, &mut columns.odd_high);
        }
    }

    #[inline(always)]
    fn carry(columns: &Columns, Carry([first, second]): &mut Carry) -> ([u16; 8], [v128; 4]) {
        let excess = |low, high| {
            u32x4_add(
                u32x4_shr(low, Self::LIMB_BITS),
                u32x4_shl(high, 16 - Self::LIMB_BITS),
            )
        };
        let (even, odd) = carried(
            [columns.even, columns.odd],
            excess(columns.even, columns.even_high),
            excess(columns.odd, columns.odd_high),
            first,
        );
        let zero = u32x4_splat(0);
        let (even, odd) = carried([even, odd], excess(even, zero), excess(odd, zero), second);
        (
            bytemuck::cast(v128_or(even, u32x4_shl(odd, 16))),
            everywhere(v128_or(odd, u32x4_shl(even, 16))),
        )
    }
}

/// Each of four pairs of limbs in a vector of its own.
#[inline(always)]
fn everywhere(pairs: v128) -> [v128; 4] {
    [
        u32x4_shuffle::<0, 0, 0, 0>(pairs, pairs),
        u32x4_shuffle::<1, 1, 1, 1>(pairs, pairs),
        u32x4_shuffle::<2, 2, 2, 2>(pairs, pairs),
        u32x4_shuffle::<3, 3, 3, 3>(pairs, pairs),
    ]
}

#[inline(always)]
fn sum(sum: v128, &[r0, r1, r2, r3]: &[v128; 4], limbs: &[u16], start: usize) -> v128 {
    let products = |at, pair| i32x4_dot_i16x8(eight(limbs, at), pair);
    let sum = u32x4_add(sum, products(start + 6, r0));
    let sum = u32x4_add(sum, products(start + 4, r1));
    let sum = u32x4_add(sum, products(start + 2, r2));
    u32x4_add(sum, products(start, r3))
}

/// Eight limbs from any place on.
#[inline(always)]
fn eight(limbs: &[u16], at: usize) -> v128 {
    match limbs.get(at..at + 8) {
        Some(limbs) => bytemuck::pod_read_unaligned(bytemuck::cast_slice(limbs)),
        None => u32x4_splat(0),
    }
}

#[inline(always)]
fn settle(low: &mut v128, high: &mut v128) {
    *high = u32x4_add(*high, u32x4_shr(*low, 16));
    *low = v128_and(*low, u32x4_splat(0xffff));
}

/// What stays in both halves, and what comes from their neighbours below.
#[inline(always)]
fn carried(
    [even, odd]: [v128; 2],
    from_even: v128,
    from_odd: v128,
    carry: &mut v128,
) -> (v128, v128) {
    let mask = u32x4_splat((1 << Simd::LIMB_BITS) - 1);
    let from_below = u32x4_shuffle::<3, 4, 5, 6>(*carry, from_odd);
    *carry = from_odd;
    (
        u32x4_add(v128_and(even, mask), from_below),
        u32x4_add(v128_and(odd, mask), from_even),
    )
}
