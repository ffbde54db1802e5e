//! RSA keys that are made and sign in no time: their modulus is a product of many small primes.
//!
//! Such a key protects nothing, for anybody can factor it. To a verifier it is a key like others:
//! its arithmetic is the same for every odd modulus. So thousands of moduli of any size can be
//! tried with signatures that are valid.

use num_bigint::BigUint;
use rand::Rng;
use sha2::{Digest as _, Sha256};

/// The public exponent of every key here.
pub(crate) const EXPONENT: u64 = 65_537;

/// A key pair for RS256.
pub(crate) struct SmoothKey {
    modulus: BigUint,
    factors: Vec<Factor>,
}

/// A prime factor of the modulus.
struct Factor {
    prime: u64,
    /// The private exponent, modulo the prime less one.
    exponent: u64,
}

impl SmoothKey {
    /// A key whose modulus has exactly that many bits: more than 100.
    pub(crate) fn random(bits: usize, random: &mut impl Rng) -> Self {
        let mut modulus = BigUint::from(1_u8);
        let mut factors: Vec<Factor> = Vec::new();
        loop {
            let missing = bits - (modulus.bits() - 1);
            let (low, high) = match missing {
                85.. => (1 << 61, 1 << 62),
                63.. => (1 << (missing / 2 - 1), 1 << (missing / 2)),
                // The last one brings the product to its size.
                _ => (
                    quotient(&(BigUint::from(1_u8) << (bits - 1)), &modulus) + 1,
                    quotient(&(BigUint::from(1_u8) << bits), &modulus),
                ),
            };
            let prime = random_prime(low..high, random);
            if factors.iter().any(|factor| factor.prime == prime) {
                continue;
            }
            modulus *= prime;
            factors.push(Factor::of(prime));
            if modulus.bits() == bits {
                return Self { modulus, factors };
            }
        }
    }

    /// The modulus.
    pub(crate) fn modulus(&self) -> &BigUint {
        &self.modulus
    }

    /// The length of modulus and signatures, in bytes.
    pub(crate) fn length(&self) -> usize {
        self.modulus.bits().div_ceil(8)
    }

    /// The signature over `message` (RFC 8017, 8.2.1).
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.sign_encoded(&encoded(message, self.length()))
    }

    /// The signature whose encoded message is `encoded`, whatever that is: how forgers sign.
    pub(crate) fn sign_encoded(&self, encoded: &[u8]) -> Vec<u8> {
        let root = self.root(&BigUint::from_bytes_be(encoded));
        padded(&root, self.length())
    }

    /// The number whose power to the public exponent is `number`, modulo the modulus.
    fn root(&self, number: &BigUint) -> BigUint {
        // Chinese remainders, one factor after the other (Garner).
        let mut root = BigUint::from(0_u8);
        let mut product = BigUint::from(1_u8);
        for &Factor { prime, exponent } in &self.factors {
            let own = power(remainder(number, prime), exponent, prime);
            let difference = (own + prime - remainder(&root, prime)) % prime;
            let inverse = power(remainder(&product, prime), prime - 2, prime);
            root += &product * times(difference, inverse, prime);
            product *= prime;
        }
        root
    }
}

impl Factor {
    fn of(prime: u64) -> Self {
        // The multiple k of prime - 1 with 65537 | 1 + k (prime - 1); 65537 is a prime, too.
        let inverse = power((prime - 1) % EXPONENT, EXPONENT - 2, EXPONENT);
        let multiple = u128::from(EXPONENT - inverse);
        let exponent = (1 + multiple * u128::from(prime - 1)) / u128::from(EXPONENT);
        let exponent = u64::try_from(exponent).expect("less than the prime");
        Self { prime, exponent }
    }
}

/// EMSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 9.2), `length` bytes long.
pub(crate) fn encoded(message: &[u8], length: usize) -> Vec<u8> {
    let mut encoded = vec![0, 1];
    encoded.resize(length - DIGEST_INFO.len() - 33, 0xff);
    encoded.push(0);
    encoded.extend(DIGEST_INFO);
    encoded.extend(Sha256::digest(message));
    encoded
}

/// What stands before a SHA-256 digest (RFC 8017, 9.2, note 1).
pub(crate) const DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];

/// Big-endian, `length` bytes long.
pub(crate) fn padded(number: &BigUint, length: usize) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    let mut padded = vec![0; length.saturating_sub(bytes.len())];
    padded.extend(bytes);
    padded
}

fn quotient(dividend: &BigUint, divisor: &BigUint) -> u64 {
    let bytes = (dividend / divisor).to_bytes_be();
    bytes
        .iter()
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn remainder(number: &BigUint, modulus: u64) -> u64 {
    (number.to_bytes_be().iter()).fold(0, |remainder, byte| {
        let number = u128::from(remainder) << 8 | u128::from(*byte);
        (number % u128::from(modulus)) as u64
    })
}

fn times(a: u64, b: u64, modulus: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(modulus)) as u64
}

fn power(mut base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let mut power = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = times(power, base, modulus);
        }
        base = times(base, base, modulus);
        exponent >>= 1;
    }
    power
}

/// A prime that a key with the exponent 65537 can have.
fn random_prime(range: std::ops::Range<u64>, random: &mut impl Rng) -> u64 {
    loop {
        let candidate = random.gen_range(range.clone()) | 1;
        if candidate % EXPONENT != 1 && is_prime(candidate) {
            return candidate;
        }
    }
}

/// Miller and Rabin's test: certain for these bases and 64 bits.
fn is_prime(number: u64) -> bool {
    const BASES: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
    if BASES.iter().any(|base| number.is_multiple_of(*base)) {
        return BASES.contains(&number);
    }
    let twos = (number - 1).trailing_zeros();
    BASES.iter().all(|&base| {
        let mut witness = power(base, (number - 1) >> twos, number);
        if witness == 1 || witness == number - 1 {
            return true;
        }
        (1..twos).any(|_| {
            witness = times(witness, witness, number);
            witness == number - 1
        })
    })
}
