//! Provenance: where what is known of a document came from. Each rule says which it accepts.

/// Where what is known of a document came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    /// The origin has said so within the last few seconds. Only this can deny that a file exists:
    /// whatever else is known of it, the origin is asked first.
    Origin,
    /// A copy that may be used without asking the origin.
    Cache,
    /// A copy that is used only because the origin is in trouble. It lets nobody in whom the origin
    /// would not have let in a moment ago, and it says nothing of what is not there.
    Spare,
}

/// A document, and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<D> {
    /// The document.
    pub document: D,
    /// Where it came from.
    pub from: Provenance,
}
