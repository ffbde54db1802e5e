//! Montgomery's multiplication modulo n, by way of a multiple of n that makes it easy.
//!
//! A block has B bits. With k = -1/n modulo 2^B, the multiple M = k·n is -1 modulo 2^B, so that the
//! lowest block q of a number t is its own quotient: in t + q·M = (t - q) + q·((M + 1) / 2^B)·2^B
//! the lowest block is zero. All blocks that have to go, except the last, go that way. The last
//! goes by n itself, with the quotient k·q: else what is left would be a block longer. It is t / R
//! modulo n, where R is 2^B to the power of a number's blocks.
//!
//! Nothing is ever subtracted. With R at least 8·n and factors between -2·n and 2·n, t / R is below
//! n / 2. With balanced limbs, a little larger than they need be, a quotient is below 0.53·2^B, so
//! that the multiples of M add less than 0.53·n, and that of n as much.
//!
//! Rows are added two at a time, which is what lanes are good at, and the one left of an odd number
//! alone.

use super::lanes::{Lanes, Pair};
use super::number::{Number, SPARE};

/// Arithmetic modulo n.
#[derive(Clone)]
pub(super) struct Montgomery<L: Lanes> {
    /// n
    pub(super) modulus: Number<L>,
    /// (M + 1) / 2^B
    pub(super) quotient: Number<L>,
    /// k, of one block.
    pub(super) factor: Number<L>,
}

/// What a multiplication works with, kept from one to the next.
pub(super) struct Scratch<L: Lanes> {
    /// For twice as many blocks as a number has, and for what rows reach beyond.
    columns: Vec<L::Columns>,
    /// What each row is multiplied with once in a square: its own block, and that with twice the
    /// next.
    own: Vec<[Pair<L>; 2]>,
}

impl<L: Lanes> Scratch<L> {
    /// For numbers of `count` blocks.
    pub(super) fn new(count: usize) -> Self {
        Self {
            columns: vec![L::empty(); 2 * count + SPARE],
            own: vec![[Pair([L::ZERO; 2]); 2]; count],
        }
    }
}

impl<L: Lanes> Montgomery<L> {
    /// `product = a · b / R`
    // A function of its own fits the engine's registers; the same goes for the next one.
    #[inline(never)]
    pub(super) fn multiply(
        &self,
        a: &Number<L>,
        b: &Number<L>,
        product: &mut Number<L>,
        scratch: &mut Scratch<L>,
    ) {
        scratch.columns.fill(L::empty());
        let mut columns = scratch.columns.as_mut_slice();
        let (twos, last) = b.rows.as_chunks::<2>();
        for (index, rows) in twos.iter().enumerate() {
            add_rows::<L>(index, columns, rows, &a.pairs);
            columns = from_mut(columns, 2);
        }
        for row in last {
            L::add_row(columns, row, &a.pairs);
        }
        // So that, as after a square, there is room for what reducing adds.
        for columns in &mut scratch.columns {
            L::settle(columns);
        }
        self.reduce(&mut scratch.columns, product);
    }

    /// `square = a² / R`
    #[inline(never)]
    pub(super) fn square(&self, a: &Number<L>, square: &mut Number<L>, scratch: &mut Scratch<L>) {
        scratch.columns.fill(L::empty());
        // Each row with the blocks from the second above it on, all of it twice.
        let (mut columns, mut pairs) = (from_mut(&mut scratch.columns, 2), from(&a.pairs, 2));
        let (twos, _) = a.rows.as_chunks::<2>();
        for (index, rows) in twos.iter().enumerate() {
            let ([first, above @ ..], [row, _], [pair, others @ ..]) = (columns, rows, pairs)
            else {
                break;
            };
            L::add_product(first, row, pair);
            add_rows::<L>(index, above, rows, others);
            (columns, pairs) = (from_mut(above, 3), from(others, 1));
        }
        // Each row with its own block, once, and with the next, twice.
        let blocks = a.pairs.array_windows();
        for (own, [Pair([_, block]), Pair([_, next])]) in scratch.own.iter_mut().zip(blocks) {
            *own = [Pair([L::ZERO, *block]), Pair([*block, L::doubled(*next)])];
        }
        let (twos, _) = scratch.columns.as_chunks_mut::<2>();
        for (([even, odd], row), [own, next]) in twos.iter_mut().zip(&a.rows).zip(&scratch.own) {
            L::settle(even);
            L::double(even);
            L::add_product(even, row, own);
            L::settle(odd);
            L::double(odd);
            L::add_product(odd, row, next);
        }
        self.reduce(&mut scratch.columns, square);
    }

    /// Divides what is in the columns by R.
    #[inline(always)]
    fn reduce(&self, columns: &mut [L::Columns], result: &mut Number<L>) {
        let pairs = self.quotient.pairs.as_slice();
        let ([p0, p1, p2, others @ ..], [n0, n_others @ ..]) =
            (pairs, self.modulus.pairs.as_slice())
        else {
            return;
        };
        let (mut columns, mut carry) = (columns, L::Carry::default());
        // All but the last.
        let rows = result.rows.len() - 1;
        if rows % 2 == 1 {
            let [c0, above @ ..] = columns else { return };
            L::add_row(above, &L::row(L::carry(c0, &mut carry)), pairs);
            columns = above;
        }
        let [c0, c1, above @ ..] = columns else {
            return;
        };
        let mut first = L::row(L::carry(c0, &mut carry));
        L::add_product(c1, &first, p0);
        let mut second = L::row(L::carry(c1, &mut carry));
        columns = above;
        for index in 1..rows / 2 {
            let [c2, c3, above @ ..] = columns else {
                return;
            };
            // The next two rows are begun before these are done, so that nothing has to wait for
            // them.
            L::add_product(c2, &first, p1);
            L::add_product(c2, &second, p0);
            let third = L::row(L::carry(c2, &mut carry));
            L::add_product(c3, &first, p2);
            L::add_product(c3, &second, p1);
            L::add_product(c3, &third, p0);
            let fourth = L::row(L::carry(c3, &mut carry));
            if let [c4, ..] = above {
                L::add_product(c4, &second, p2);
            }
            add_rows::<L>(index, above, &[first, second], others);
            (first, second) = (third, fourth);
            columns = above;
        }
        let [c2, above @ ..] = columns else { return };
        L::add_product(c2, &first, p1);
        L::add_product(c2, &second, p0);
        let last = self.last(L::carry(c2, &mut carry.clone()));
        L::add_product(c2, &last, n0);
        // Zero, as its limbs are balanced; only what is carried matters.
        L::carry(c2, &mut carry);
        if let [c3, ..] = above {
            L::add_product(c3, &second, p1);
        }
        add_rows::<L>(rows / 2, above, &[first, second], from(pairs, 2));
        L::add_row(above, &last, n_others);
        for ((block, row), columns) in result.blocks_and_rows().zip(above) {
            *block = L::carry(columns, &mut carry);
            *row = L::row(*block);
        }
        result.complete();
    }

    /// `k · block` modulo 2^B.
    #[inline(always)]
    fn last(&self, block: L::Block) -> L::Row {
        let mut columns = L::empty();
        if let [factor, ..] = self.factor.pairs.as_slice() {
            L::add_product(&mut columns, &L::row(block), factor);
        }
        L::row(L::carry(&columns, &mut L::Carry::default()))
    }
}

/// Adds two rows, after settling the columns if so many have been added before that these would not
/// fit.
#[inline(always)]
fn add_rows<L: Lanes>(
    index: usize,
    columns: &mut [L::Columns],
    rows: &[L::Row; 2],
    pairs: &[Pair<L>],
) {
    if index > 0 && index.is_multiple_of(L::ROWS / 2) {
        for columns in columns.iter_mut().take(pairs.len()) {
            L::settle(columns);
        }
    }
    L::add_rows(columns, rows, pairs);
}

#[inline(always)]
fn from<T>(values: &[T], start: usize) -> &[T] {
    values.get(start..).unwrap_or_default()
}

#[inline(always)]
fn from_mut<T>(values: &mut [T], start: usize) -> &mut [T] {
    values.get_mut(start..).unwrap_or_default()
}
