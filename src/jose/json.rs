//! JSON as headers, claims and key sets hold it: no member twice, at any depth (RFC 7515, 4; RFC
//! 7493, 2.3).
//!
//! Readers that disagree about which of two members counts can be played off against each other, so
//! no name may occur twice. The work is bounded: `serde_json` gives up 128 levels deep, this file
//! at more than 64 members of an object.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

/// The most members that an object may have: they are compared with each other.
const MAXIMUM_MEMBERS: usize = 64;

/// A JSON value. Texts without escapes are borrowed.
#[derive(Debug, PartialEq)]
pub(crate) enum Json<'t> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number that is not negative.
    Whole(u64),
    /// Any other number.
    Real(f64),
    /// A string.
    Text(Cow<'t, str>),
    /// An array.
    List(Vec<Self>),
    /// An object.
    Object(Object<'t>),
}

/// A JSON object in which no name occurs twice, not even when one is spelled with escapes.
#[derive(Debug, PartialEq)]
pub(crate) struct Object<'t> {
    members: Vec<(Cow<'t, str>, Json<'t>)>,
}

/// A member is there, but of another type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WrongType;

impl<'t> Object<'t> {
    /// Reads a text in UTF-8 that is one object and nothing else.
    ///
    /// # Errors
    /// What was expected, in words.
    pub(crate) fn parse(text: &'t [u8]) -> Result<Self, &'static str> {
        match serde_json::from_slice(text) {
            Ok(Json::Object(object)) => Ok(object),
            // What this file itself refuses.
            Err(error) if error.is_data() => {
                Err("expected objects of at most 64 members, each only once")
            }
            _ => Err("expected a JSON object in UTF-8"),
        }
    }

    /// The value of a member.
    pub(crate) fn get(&self, name: &str) -> Option<&Json<'t>> {
        (self.members.iter()).find_map(|(own, value)| (own == name).then_some(value))
    }

    /// The text of a member, if it is there.
    ///
    /// # Errors
    /// [`WrongType`] for anything but a string, `null` included.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>, WrongType> {
        match self.get(name) {
            None => Ok(None),
            Some(Json::Text(text)) => Ok(Some(text)),
            Some(_) => Err(WrongType),
        }
    }

    /// The members, in order.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &Json<'t>)> {
        self.members
            .iter()
            .map(|(name, value)| (name.as_ref(), value))
    }
}

impl<'t> Json<'t> {
    /// The object, if it is one.
    pub(crate) fn as_object(&self) -> Option<&Object<'t>> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The texts of an array of nothing but strings.
    pub(crate) fn as_texts(&self) -> Option<Vec<&str>> {
        let Self::List(values) = self else {
            return None;
        };
        values.iter().map(Self::as_text).collect()
    }
}

impl<'t, 'de: 't> Deserialize<'de> for Json<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Json::Whole(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        // Negative: `serde_json` visits others as u64.
        Ok(Json::Real(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Json::Real(value))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = values.next_element()? {
            list.push(value);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members: Vec<(Cow<'de, str>, Json<'de>)> = Vec::new();
        // A name is a string: `serde_json` visits nothing else.
        while let Some(Json::Text(name)) = map.next_key()? {
            if members.iter().any(|(other, _)| *other == name) {
                return Err(A::Error::custom("a member occurs twice"));
            }
            if members.len() == MAXIMUM_MEMBERS {
                return Err(A::Error::custom("too many members"));
            }
            members.push((name, map.next_value()?));
        }
        Ok(Json::Object(Object { members }))
    }
}

#[cfg(test)]
mod tests;
