//! The resource that a request is about: which file, by what its path and query say.

use azat_policy::{Captures, Catalog, Policy};
use http::StatusCode;

use crate::denial::{Denial, Ground};
use crate::file::{FileId, FileUuid, FileVersion};
use crate::request::Request;
use crate::step::Step;

/// The request names one file.
pub static STEP: Step = Step::new("name", "catalog, uuid and version can be read");

/// A parameter of the query is not what it has to be.
pub static PARAMETER_INVALID: Ground = Ground::refused(
    StatusCode::BAD_REQUEST,
    "parameter_invalid",
    "A query parameter is not valid.",
    "Check the query.",
    &STEP,
);

/// What the path gives as a uuid is not one.
pub static NOT_A_UUID: Ground = Ground::hidden("file_unknown", &STEP).advising(
    "The path's last segment is no uuid: 32 hexadecimal digits, with or without hyphens.",
);

/// The file that a request is about. Parameters other than `catalog` and `version` are ignored:
/// versions of Azul differ in which they have.
///
/// # Errors
/// [`NOT_A_UUID`]; [`PARAMETER_INVALID`] for a catalog or version that is not one, or is given
/// twice.
pub fn file(
    request: &Request,
    captures: &Captures<'_, '_>,
    policy: &Policy,
) -> Result<FileId, Denial> {
    let invalid = |expected: &str| Denial::from(&PARAMETER_INVALID).detailed(expected);
    let parameter = |name| {
        (request.parameter(name)).map_err(|_| invalid("expected each parameter at most once"))
    };
    let catalog = parameter("catalog")?;
    let version = parameter("version")?;
    Ok(FileId {
        catalog: match catalog {
            Some(text) => Catalog::parse(&text).map_err(invalid)?,
            None => policy.default_catalog.clone(),
        },
        uuid: (captures.get("uuid"))
            .and_then(|uuid| FileUuid::parse(uuid).ok())
            .ok_or(&NOT_A_UUID)?,
        version: (version.as_deref())
            .map(FileVersion::parse)
            .transpose()
            .map_err(invalid)?,
    })
}
