//! Tests of [`super`].

use std::marker::PhantomData;

use num_bigint::{BigInt, BigUint};
use rand::{Rng as _, RngCore as _, SeedableRng as _};
use rsa::pkcs1v15::SigningKey;
use rsa::sha2::Sha256;
use rsa::signature::{SignatureEncoding as _, Signer as _};
use rsa::traits::PublicKeyParts as _;

use super::lanes::{Lanes, Pair};
use super::modulus::Modulus;
use super::montgomery::{Montgomery, Scratch};
use super::number::{Number, words_in};
use super::scalar::Scalar;
use super::{PublicKey, SignatureInvalid, words};
use crate::testing::KEY;

/// The 65537th power of `root`, big-endian, as long as the modulus.
fn power(root: &[u8], modulus: &[u8]) -> Vec<u8> {
    let modulus_number = BigUint::from_bytes_be(modulus);
    let power = BigUint::from_bytes_be(root).modpow(&BigUint::from(65_537_u32), &modulus_number);
    let power = power.to_bytes_be();
    [vec![0; modulus.len() - power.len()], power].concat()
}

/// What each path says: all of them the same.
fn is_power(modulus: &[u8], root: &[u8], power: &[u8]) -> bool {
    let scalar = Modulus::<Scalar>::new(modulus).is_power(root, power);
    #[cfg(target_feature = "simd128")]
    assert_eq!(
        Modulus::<super::simd::Simd>::new(modulus).is_power(root, power),
        scalar
    );
    scalar
}

fn agrees(modulus: &[u8], root: &[u8]) {
    let power = power(root, modulus);
    assert!(
        is_power(modulus, root, &power),
        "{modulus:02x?} {root:02x?}"
    );
    for changed in [0, power.len() / 2, power.len() - 1] {
        let mut other = power.clone();
        other[changed] ^= 1;
        let other_is_below = other.as_slice() < modulus;
        assert!(
            !(other_is_below && is_power(modulus, root, &other)),
            "{modulus:02x?} {root:02x?}"
        );
    }
}

#[test]
fn powers_are_those_of_a_plain_implementation() {
    let mut random = rand::rngs::StdRng::seed_from_u64(65_537);
    // The most bits that a number of blocks of 104 or 116 bits is enough for, and one more; then as
    // many bits as the blocks have, and some with one more.
    let around_blocks = [
        2077, 2078, 2085, 2086, 2181, 2182, 2201, 2202, 3013, 3014, 4053, 4054, 4057, 4058, 2080,
        2081, 2088, 2089, 4056, 4060,
    ];
    let sizes = [2048, 2049, 2055, 2056, 2600, 3072, 4000, 4095, 4096];
    for bits in sizes.into_iter().chain(around_blocks) {
        for _ in 0..6 {
            let mut modulus = vec![0; usize::div_ceil(bits, 8)];
            random.fill_bytes(&mut modulus);
            let unused = modulus.len() * 8 - bits;
            modulus[0] = (modulus[0] >> unused) | (0x80 >> unused);
            *modulus.last_mut().unwrap() |= 1;
            let mut root = vec![0; modulus.len()];
            random.fill_bytes(&mut root);
            root[0] = random.gen_range(0..modulus[0]);
            agrees(&modulus, &root);
        }
    }
}

/// Where limbs and sums are as large as they get, and as small.
#[test]
fn powers_are_right_at_the_edges() {
    for length in [256, 384, 512] {
        let ones = vec![0xff; length];
        let mut sparse = vec![0; length];
        (sparse[0], sparse[length - 1]) = (0x80, 1);
        let mut upper = ones.clone();
        upper[length / 2..length - 1].fill(0);
        for modulus in [ones, sparse, upper] {
            let below = |difference: u32| {
                let root = BigUint::from_bytes_be(&modulus) - BigUint::from(difference);
                let root = root.to_bytes_be();
                [vec![0; length - root.len()], root].concat()
            };
            let mut small = vec![0; length];
            for root in [below(1), below(2), below(65_537)] {
                agrees(&modulus, &root);
            }
            for low in [0, 1, 2, 255] {
                small[length - 1] = low;
                agrees(&modulus, &small);
            }
        }
    }
}

#[test]
fn a_signature_is_as_long_as_the_modulus_and_below_it() {
    let (n, e) = (KEY.n().to_bytes_be(), KEY.e().to_bytes_be());
    let key = PublicKey::from_components(&n, &e).unwrap();
    let signature = SigningKey::<Sha256>::new(KEY.clone())
        .sign(b"message")
        .to_vec();
    assert_eq!(key.verify(b"message", &signature), Ok(()));
    assert_eq!(key.verify(b"massage", &signature), Err(SignatureInvalid));

    let larger = BigUint::from_bytes_be(&signature) + BigUint::from_bytes_be(&n);
    let zero_before = [&[0], signature.as_slice()].concat();
    for other in [
        &larger.to_bytes_be()[..],
        &zero_before,
        &signature[1..],
        &n,
        b"",
    ] {
        assert_eq!(key.verify(b"message", other), Err(SignatureInvalid));
    }
}

#[test]
fn a_key_is_odd_and_of_the_sizes_and_the_exponent_that_are_accepted() {
    let refused = |n: &[u8], e: &[u8]| PublicKey::from_components(n, e).err();
    let exponent = [0, 1, 0, 1];
    let size = Some("expected a modulus of 2048 to 4096 bits");
    assert_eq!(refused(&[0xff; 256], &exponent), None);
    assert_eq!(
        refused(&[&[0], [0xff; 512].as_slice()].concat(), &exponent),
        None
    );
    assert_eq!(
        refused(&[&[0x7f], [0xff; 255].as_slice()].concat(), &exponent),
        size
    );
    assert_eq!(
        refused(&[&[1], [0xff; 512].as_slice()].concat(), &exponent),
        size
    );
    assert_eq!(refused(&[], &exponent), size);
    let even = [[0xff; 255].as_slice(), &[0xfe]].concat();
    assert_eq!(refused(&even, &exponent), Some("expected an odd modulus"));
    for e in [&[3][..], &[], &[1, 0, 0], &[1, 0, 1, 0]] {
        assert_eq!(
            refused(&[0xff; 256], e),
            Some("expected the exponent 65537")
        );
    }
}

/// Every limb of the factors as large as limbs get, positive or negative.
fn multiplies_the_largest_limbs<L: Lanes>(largest: i64, blocks: usize) {
    let filled = |limb: i64, full: usize, count: usize| {
        let mut block = L::ZERO;
        block.as_mut().fill(L::limb(limb as u64));
        Number::<L>::of_blocks(std::iter::repeat_n(block, full), count)
    };
    let value = |number: &Number<L>| {
        let limbs = number.blocks().flat_map(AsRef::as_ref);
        let places = (0..).step_by(L::LIMB_BITS as usize);
        limbs
            .zip(places)
            .fold(BigInt::from(0), |sum, (&limb, place): (_, usize)| {
                sum + (BigInt::from(limb.into()) << place)
            })
    };
    let quotient = filled((1 << (L::LIMB_BITS - 1)) - 1, blocks - 2, blocks);
    let modulus: BigInt = (value(&quotient) << L::BLOCK_BITS) - 1;
    let words = words::from_bytes(&modulus.to_bytes_be().1, words_in::<L>(blocks));
    let montgomery = Montgomery {
        modulus: Number::new(&words, blocks),
        quotient,
        factor: Number::new(&[1], 1),
    };
    let (mut result, mut scratch) = (Number::zero(blocks), Scratch::new(blocks));

    let factors = [largest, -largest].map(|limb| filled(limb, blocks - 1, blocks));
    let [a, b] = factors.each_ref().map(value);
    assert!(a < &modulus * 2 && b == -&a);
    let is = |result: &Number<L>, product: BigInt| {
        let result = value(result);
        let difference = (&result << (L::BLOCK_BITS * blocks)) - product;
        -&modulus < result && result < modulus && difference % &modulus == BigInt::from(0)
    };
    for (factor, number) in factors.iter().zip([&a, &b]) {
        montgomery.square(factor, &mut result, &mut scratch);
        assert!(is(&result, number * number), "square, {blocks} blocks");
        montgomery.multiply(factor, &factors[0], &mut result, &mut scratch);
        assert!(is(&result, number * &a), "product, {blocks} blocks");
    }
}

#[test]
fn the_largest_limbs_are_multiplied() {
    for blocks in 4..=41 {
        multiplies_the_largest_limbs::<Scalar>(1 << 28, blocks);
        #[cfg(target_feature = "simd128")]
        multiplies_the_largest_limbs::<super::simd::Simd>(4_280, blocks);
    }
}

/// What the sums of lanes are made of.
trait Limits: Lanes {
    /// How many limbs a block has, and so how many products a row adds to a column.
    const LIMBS: i128;
    /// The largest limb, positive or negative.
    const LARGEST: i64;
    /// The most that settling leaves.
    const SETTLED: i128;
    /// The largest sum.
    const LIMIT: i128;
}

impl Limits for Scalar {
    const LIMBS: i128 = 4;
    const LARGEST: i64 = 1 << 28;
    const SETTLED: i128 = u32::MAX as i128;
    const LIMIT: i128 = i64::MAX as i128;
}

#[cfg(target_feature = "simd128")]
impl Limits for super::simd::Simd {
    const LIMBS: i128 = 8;
    const LARGEST: i64 = 4_280;
    const SETTLED: i128 = u16::MAX as i128;
    const LIMIT: i128 = i32::MAX as i128;
}

/// Lanes with bounds instead of sums: every limb is the largest, and every column as full as it can
/// be.
#[derive(Clone, Copy)]
struct Bounds<L>(PhantomData<L>);

impl<L: Limits> Lanes for Bounds<L> {
    const LIMB_BITS: u32 = L::LIMB_BITS;
    const BLOCK_BITS: usize = L::BLOCK_BITS;
    const ROWS: usize = L::ROWS;
    type Limb = i64;
    type Block = [i64; 1];
    type Row = i64;
    type Columns = i128;
    type Carry = ();

    const ZERO: [i64; 1] = [0];

    fn limb(_: u64) -> i64 {
        L::LARGEST
    }

    fn row([limb]: [i64; 1]) -> i64 {
        limb
    }

    fn doubled([limb]: [i64; 1]) -> [i64; 1] {
        [2 * limb]
    }

    fn empty() -> i128 {
        0
    }

    fn columns([limb]: [i64; 1]) -> i128 {
        limb.into()
    }

    fn add_product(columns: &mut i128, row: &i64, Pair([[before], [block]]): &Pair<Self>) {
        *columns += L::LIMBS * i128::from(*row) * i128::from(*before.max(block));
        assert!(*columns <= L::LIMIT, "a sum of up to {columns}");
    }

    fn settle(columns: &mut i128) {
        *columns = L::SETTLED.min(*columns);
    }

    fn double(columns: &mut i128) {
        *columns *= 2;
    }

    fn carry(_: &i128, (): &mut ()) -> [i64; 1] {
        [L::LARGEST]
    }
}

fn stays_within_bounds<L: Limits>() {
    let filled =
        |count| Number::<Bounds<L>>::of_blocks(std::iter::repeat_n([L::LARGEST], count), count);
    for blocks in 4..=(4096 + L::BLOCK_BITS + 3).div_ceil(L::BLOCK_BITS) {
        let montgomery = Montgomery {
            modulus: filled(blocks),
            quotient: filled(blocks),
            factor: filled(1),
        };
        let factor = filled(blocks);
        let (mut result, mut scratch) = (Number::zero(blocks), Scratch::new(blocks));
        montgomery.multiply(&factor, &factor, &mut result, &mut scratch);
        montgomery.square(&factor, &mut result, &mut scratch);
        assert!(result.blocks().all(|block| *block == [L::LARGEST]));
    }
}

#[test]
fn no_column_overflows() {
    stays_within_bounds::<Scalar>();
    #[cfg(target_feature = "simd128")]
    stays_within_bounds::<super::simd::Simd>();
}
