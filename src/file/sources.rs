//! The sources of an entitlement.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// The names of sources, in any order; in JSON an array of strings.
///
/// There may be thousands, read for every request and asked about once. So they stand end to end in
/// one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    names: String,
    /// Where each name ends.
    ends: Vec<usize>,
}

impl Sources {
    /// Whether this source is among them.
    pub fn contains(&self, source: &str) -> bool {
        self.iter().any(|name| name == source)
    }

    /// The names, in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts
            .zip(&self.ends)
            .filter_map(|(&start, &end)| self.names.get(start..end))
    }

    fn push(&mut self, name: &str) {
        self.names.push_str(name);
        self.ends.push(self.names.len());
    }
}

impl<S: AsRef<str>> FromIterator<S> for Sources {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Self {
        let mut sources = Self::default();
        for name in names {
            sources.push(name.as_ref());
        }
        sources
    }
}

impl Serialize for Sources {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Sources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;

        impl<'de> Visitor<'de> for Names {
            type Value = Sources;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array of strings")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<Sources, A::Error> {
                let mut sources = Sources::default();
                while names.next_element_seed(Name(&mut sources))?.is_some() {}
                Ok(sources)
            }
        }

        deserializer.deserialize_seq(Names)
    }
}

/// Reads one name, and appends it to the others.
struct Name<'s>(&'s mut Sources);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, name: &str) -> Result<(), E> {
        self.0.push(name);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
