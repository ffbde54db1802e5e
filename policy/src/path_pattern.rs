//! A path pattern, as in `/repository/files/{uuid}`.

use serde::{Deserialize, Serialize};

/// Literal segments and parameters, each standing for exactly one path segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PathPattern {
    text: String,
    segments: Vec<Segment>,
}

/// One segment of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// This very text.
    Literal(String),
    /// Any one segment, under this name.
    Parameter(String),
}

impl PathPattern {
    /// The pattern as written: what logs show instead of a path.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The segments, from the left.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Whether the pattern has a parameter of that name.
    pub fn has_parameter(&self, name: &str) -> bool {
        (self.segments.iter()).any(|s| matches!(s, Segment::Parameter(own) if own == name))
    }

    /// What the parameters stand for when `path` matches, segment by segment; `None` when it does
    /// not.
    pub fn matches<'p>(&self, path: &[&'p str]) -> Option<Captures<'_, 'p>> {
        let same_length = path.len() == self.segments.len();
        let literals_agree =
            || (self.segments.iter().zip(path)).all(|(segment, text)| segment.takes(text));
        (same_length && literals_agree()).then(|| Captures {
            pairs: (self.segments.iter().zip(path))
                .filter_map(|(segment, text)| match segment {
                    Segment::Parameter(name) => Some((name.as_str(), *text)),
                    Segment::Literal(_) => None,
                })
                .collect(),
        })
    }
}

/// What the parameters of a pattern stand for in one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captures<'n, 'p> {
    pairs: Vec<(&'n str, &'p str)>,
}

impl<'p> Captures<'_, 'p> {
    /// The text of one parameter.
    pub fn get(&self, name: &str) -> Option<&'p str> {
        (self.pairs.iter()).find_map(|(own, text)| (*own == name).then_some(*text))
    }
}

impl Segment {
    fn takes(&self, text: &str) -> bool {
        match self {
            Self::Literal(own) => own == text,
            Self::Parameter(_) => true,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let plain = |s: &str| {
            !s.is_empty()
                && s.bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
        };
        match text
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            Some(name) => plain(name).then(|| Self::Parameter(name.to_owned())),
            None => {
                (plain(text) && text != "." && text != "..").then(|| Self::Literal(text.to_owned()))
            }
        }
    }
}

/// Why a text is not a path pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a path such as \"/repository/files/{{uuid}}\": segments of letters, digits and -._~, or {{name}}"
)]
pub struct NotAPathPattern;

impl TryFrom<String> for PathPattern {
    type Error = NotAPathPattern;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let rest = text.strip_prefix('/').ok_or(NotAPathPattern)?;
        let segments = rest
            .split('/')
            .map(|segment| Segment::parse(segment).ok_or(NotAPathPattern))
            .collect::<Result<_, _>>()?;
        Ok(Self { text, segments })
    }
}

impl From<PathPattern> for String {
    fn from(pattern: PathPattern) -> Self {
        pattern.text
    }
}

#[cfg(test)]
mod tests;
