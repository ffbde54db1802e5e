//! What a request calls a file: catalog, uuid and version.

use azat_policy::Catalog;
use serde::{Deserialize, Serialize};

/// The name of a file in requests.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileId {
    /// The catalog that lists it.
    pub catalog: Catalog,
    /// The file, in all its versions.
    pub uuid: FileUuid,
    /// One version; the newest when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<FileVersion>,
}

/// Declares a text that follows a grammar, so that it can stand in paths, keys and logs as it is.
macro_rules! text_of_grammar {
    ($(#[$documentation:meta])* $name:ident, $grammar:expr, $expected:literal) => {
        $(#[$documentation])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// What such a text looks like, in words.
            pub const EXPECTED: &'static str = $expected;

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Reads a text.
            ///
            /// # Errors
            /// What was expected, in words.
            pub fn parse(text: &str) -> Result<Self, &'static str> {
                let follows: fn(&str) -> bool = $grammar;
                follows(text).then(|| Self(text.to_owned())).ok_or(Self::EXPECTED)
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

text_of_grammar! {
    /// 32 hexadecimal digits, with hyphens as in RFC 9562 or without. The spelling is kept: the
    /// repository compares it as text.
    FileUuid,
    |text| {
        let hexadecimal = |part: &str, length: usize| {
            part.len() == length && part.bytes().all(|b| b.is_ascii_hexdigit())
        };
        let dashed = || {
            let lengths = [8, 4, 4, 4, 12];
            text.split('-').count() == lengths.len()
                && text.split('-').zip(lengths).all(|(part, length)| hexadecimal(part, length))
        };
        hexadecimal(text, 32) || dashed()
    },
    "expected a file uuid: 32 hexadecimal digits, with or without hyphens"
}

text_of_grammar! {
    /// As in `2018-09-14T12:33:47.221025Z`: Azul's grammar,
    /// `\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z`.
    FileVersion,
    |text| {
        let shape = b"dddd-dd-ddTdd:dd:dd.ddddddZ";
        let follows = |(own, wanted): (u8, &u8)| match wanted {
            b'd' => own.is_ascii_digit(),
            _ => own == *wanted,
        };
        text.len() == shape.len() && text.bytes().zip(shape).all(follows)
    },
    "expected a version such as 2018-09-14T12:33:47.221025Z"
}

#[cfg(test)]
mod tests;
