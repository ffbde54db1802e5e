//! A header with a fixed value: the system that shows what a new one touches
//! (`docs/contributing.md`). In tests alone.

use azat_policy::{Accepts, FixedHeader as Table, Policy};
use http::StatusCode;
use sha2::{Digest as _, Sha256};

use super::place;
use super::principal::Service;
use super::system::{Found, Half, Means, Offer, Proof, System, Verdict};
use crate::denial::{Denial, Ground};
use crate::request::Request;
use crate::step::Step;

/// The field has the one good value.
static VALUE: Step = Step::new("value", "the field has the value in the Secret Store");

/// The field has another value.
static VALUE_REFUSED: Ground = Ground::refused(
    StatusCode::UNAUTHORIZED,
    "fixed_header_refused",
    "The service's key is not valid.",
    "Use the key that the operators gave you.",
    &VALUE,
);

/// The Secret Store has no good value to compare with. A client with the right one must not be told
/// that it is wrong.
static VALUE_MISSING: Ground = Ground::misconfigured(&VALUE);

/// The shortest value that cannot be guessed, in bytes.
const MINIMUM_LENGTH: usize = 32;

/// One kind of such a credential.
struct FixedHeader<'p> {
    name: &'p str,
    table: &'p Table,
}

/// The system of the table of that name.
pub(super) fn of<'p>(
    name: &'p str,
    _: &'p Accepts,
    policy: &'p Policy,
) -> Option<Box<dyn System + 'p>> {
    let table = policy.fixed_headers.get(name)?;
    Some(Box::new(FixedHeader { name, table }))
}

impl System for FixedHeader<'_> {
    fn half(&self) -> Half {
        Half::Service
    }

    fn find<'r>(&self, request: &'r Request) -> Result<Found<'r>, Denial> {
        let mut fields = request.headers.get_all(&self.table.field).iter();
        match (fields.next(), fields.next()) {
            (None, _) => Ok(Found::Nothing),
            (Some(field), None) => {
                let value = field.to_str().map_err(|_| &VALUE_REFUSED)?;
                Ok(Found::Offer(Offer(value)))
            }
            (Some(_), Some(_)) => {
                let once = format!("Send the field {} once.", self.table.field);
                Err(Denial::from(&place::SEVERAL).detailed(once))
            }
        }
    }

    fn verify<'r>(&self, Offer(value): Offer<'r>, means: &mut Means<'_>) -> Verdict<'r> {
        let Table {
            secret, service, ..
        } = self.table;
        let entry = means.stores.secret(secret);
        let outcome = match entry.as_deref().map(<[u8]>::trim_ascii_end) {
            // Digests are compared, so that the time it takes says nothing of the secret.
            Some(own) if own.len() >= MINIMUM_LENGTH => {
                match Sha256::digest(own) == Sha256::digest(value) {
                    true => Ok(Proof::Service(Service::new(service))),
                    false => Err(Denial::from(&VALUE_REFUSED)),
                }
            }
            _ => Err(Denial::from(&VALUE_MISSING)),
        };
        Verdict {
            kind: self.name.to_owned().into(),
            outcome,
        }
    }

    fn steps(&self) -> &'static [&'static Step] {
        static STEPS: [&Step; 1] = [&VALUE];
        &STEPS
    }
}
