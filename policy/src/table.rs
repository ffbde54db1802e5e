//! A table of a credential system: each kind of credential that is believed has one.

/// A member that is at fault, and what was expected of it.
pub(crate) type AtFault = (&'static str, String);

/// A table: what makes one kind of credential believable.
pub(crate) trait Table {
    /// The service that such a credential proves; `None` where it proves a user.
    fn service(&self) -> Option<&str>;

    /// Checks the members against each other.
    ///
    /// # Errors
    /// The first that is at fault.
    fn check(&self) -> Result<(), AtFault>;
}
