//! RS256: keys of any size and signatures of any form, against the `rsa` crate.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use azat_edge::jose::rs256::PublicKey;
use num_bigint::BigUint;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rsa::sha2::{Digest as _, Sha256};
use rsa::{Pkcs1v15Sign, RsaPublicKey};

use crate::smooth_key::{EXPONENT, SmoothKey, encoded, padded};

/// The verdict is the oracle's; it is good for what the key has signed.
///
/// Two bytes say how many bits the key has, one what is done to the encoded message or the
/// signature, one which key of that size it is; the rest is what to do it with.
///
/// # Panics
/// When it is otherwise.
pub fn run(data: &[u8]) {
    let Some((&[high, low, change, seed], rest)) = data.split_first_chunk() else {
        return;
    };
    let bits = 2048 + usize::from(u16::from_be_bytes([high, low])) % 2049;
    let key = key(bits, seed);
    let (signature, is_good) = signature(&key, change, rest);

    let modulus = key.modulus();
    let exponent = BigUint::from(EXPONENT);
    let ours = PublicKey::from_components(&modulus.to_bytes_be(), &exponent.to_bytes_be());
    let ours = ours.expect("a good key").verify(rest, &signature).is_ok();
    let oracle = RsaPublicKey::new(modulus.clone(), exponent).expect("a good key");
    let oracle = oracle.verify(
        Pkcs1v15Sign::new::<Sha256>(),
        &Sha256::digest(rest),
        &signature,
    );
    assert_eq!(ours, oracle.is_ok());
    assert!(ours || !is_good, "a good signature is refused");
}

/// Where fuzzing begins.
pub fn seeds() -> Vec<Vec<u8>> {
    let sizes = [0_u16, 1, 7, 24, 1024, 2047, 2048];
    let changes = [
        0_u8, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 255,
    ];
    let input =
        |size: u16, change: u8| [&size.to_be_bytes(), &[change, change][..], b"message"].concat();
    let sizes = sizes.into_iter().map(|size| input(size, 0));
    sizes
        .chain(changes.into_iter().map(|change| input(0, change)))
        .collect()
}

/// Most of an execution would go into making the key, so the last ones are kept.
fn key(bits: usize, seed: u8) -> Rc<SmoothKey> {
    thread_local! {
        static KEYS: RefCell<HashMap<(usize, u8), Rc<SmoothKey>>> = RefCell::default();
    }
    KEYS.with_borrow_mut(|keys| {
        if keys.len() > 10_000 {
            keys.clear();
        }
        let make = || {
            Rc::new(SmoothKey::random(
                bits,
                &mut StdRng::seed_from_u64(seed.into()),
            ))
        };
        keys.entry((bits, seed)).or_insert_with(make).clone()
    })
}

/// A signature over `rest`, and whether it has to verify.
fn signature(key: &SmoothKey, change: u8, rest: &[u8]) -> (Vec<u8>, bool) {
    let length = key.length();
    let good = BigUint::from_bytes_be(&key.sign(rest));
    let number = |number: BigUint| (padded(&number, length), false);
    match change {
        0..128 => (padded(&good, length), true),
        128 => (rest.to_vec(), false),
        129 => (cycled(rest, length), false),
        130 => number(BigUint::from(0_u8)),
        131 => number(BigUint::from(1_u8)),
        132 => number(key.modulus() - 1_u8),
        133 => number(key.modulus().clone()),
        134 => number(key.modulus() + 1_u8),
        135 => number(key.modulus() + good),
        136 => number(key.modulus() - good),
        137 => (encoded(rest, length), false),
        _ => {
            // The encoded message changed where the bytes say, and signed.
            let mut encoded = encoded(rest, length);
            for (position, byte) in rest.iter().enumerate() {
                encoded[(position * usize::from(change)) % length] ^= byte;
            }
            (key.sign_encoded(&encoded), false)
        }
    }
}

fn cycled(bytes: &[u8], length: usize) -> Vec<u8> {
    bytes
        .iter()
        .copied()
        .chain([0])
        .cycle()
        .take(length)
        .collect()
}
