//! The resource that a request is about: which file, by what its path and query say.

mod query;

use azat_policy::{Captures, Catalog, Policy};
use http::StatusCode;

use self::query::{Query, QueryFault};
use crate::denial::{Denial, Ground};
use crate::file::{FileId, FileName, FileUuid, FileVersion};
use crate::request::Request;
use crate::step::Step;

/// The request names one file.
pub static STEP: Step = Step::new(
    "name",
    "catalog, uuid and version can be read, and all parameters are known",
);

/// A parameter of the query is not what it has to be.
pub static PARAMETER_INVALID: Ground = Ground::refused(
    StatusCode::BAD_REQUEST,
    "parameter_invalid",
    "A query parameter is not valid.",
    "Check the query.",
    &STEP,
);

/// The query has a parameter that nobody knows.
pub static PARAMETER_UNKNOWN: Ground = Ground::refused(
    StatusCode::BAD_REQUEST,
    "parameter_unknown",
    "A query parameter is not known.",
    "Check the query.",
    &STEP,
);

/// What the path gives as a uuid is not one.
pub static NOT_A_UUID: Ground = Ground::hidden("file_unknown", &STEP).advising(
    "The path's last segment is no uuid: 32 hexadecimal digits, with or without hyphens.",
);

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The file.
    pub file: FileId,
    /// The name that the client gives it, in place of its record's. Only how the file is saved
    /// depends on it: a name that nobody should save a file under is as good as none.
    pub name: Option<FileName>,
}

/// What a request asks for, by its path and query. Of the parameters that Azul knows or once knew,
/// those that are not about the file or its name are ignored.
///
/// # Errors
/// [`NOT_A_UUID`]; [`PARAMETER_UNKNOWN`]; [`PARAMETER_INVALID`] for a catalog or version that is
/// not one, and for a parameter that is given twice.
pub fn file(
    request: &Request,
    captures: &Captures<'_, '_>,
    policy: &Policy,
) -> Result<Resource, Denial> {
    let invalid = |expected: &str| Denial::from(&PARAMETER_INVALID).detailed(expected);
    let query = Query::of(&request.url).map_err(|fault| match fault {
        QueryFault::Unknown(told) => Denial::from(&PARAMETER_UNKNOWN).detailed(told),
        QueryFault::Repeated => invalid("expected each parameter at most once"),
    })?;
    let file = FileId {
        catalog: match query.get("catalog") {
            Some(text) => Catalog::parse(text).map_err(invalid)?,
            None => policy.default_catalog.clone(),
        },
        uuid: (captures.get("uuid"))
            .and_then(|uuid| FileUuid::parse(uuid).ok())
            .ok_or(&NOT_A_UUID)?,
        version: (query.get("version"))
            .map(FileVersion::parse)
            .transpose()
            .map_err(invalid)?,
    };
    let name = query.get("fileName").and_then(FileName::parse);
    Ok(Resource { file, name })
}
