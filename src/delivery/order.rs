//! An order: what a request wants of a file, and in which way.

use azat_policy::Delivery;

use crate::contract::FileRecord;
use crate::file::FileName;
use crate::request::Request;

/// What a request wants of a file, and in which way.
pub struct Order<'r> {
    /// The request.
    pub request: &'r Request,
    /// How its route delivers files.
    pub how: Delivery,
    /// The name that the client gives the file, in place of its record's.
    pub name: Option<&'r FileName>,
}

impl Order<'_> {
    /// The name under which the file is to be saved: that is for whoever saves it to choose.
    pub(super) fn name_of<'o>(&'o self, file: &'o FileRecord) -> &'o str {
        self.name.map_or(&file.name, FileName::as_str)
    }
}
