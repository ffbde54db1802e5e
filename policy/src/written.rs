//! A route as people write it: members that may contradict each other, until they are checked.

use serde::{Deserialize, Serialize, Serializer};

use crate::{Accepts, Combine, Delivery, Method, Passage, PathPattern, Route, Served};

/// A route whose members have been read, each by itself.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Route")]
pub(crate) struct WrittenRoute {
    pub(crate) path: PathPattern,
    pub(crate) methods: Vec<Method>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) accepts: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) combine: Option<Combine>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) services: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) passes: Vec<Passage>,
    pub(crate) answer: Answer,
}

/// What a route answers once a request is allowed.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Answer {
    /// A file.
    File(FileDelivery),
    /// Azul's emulated redirect to a file.
    Fetch,
    /// Whatever the origin answers.
    Origin,
}

/// How a file is delivered.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FileDelivery {
    /// Through the edge.
    Stream,
    /// From the mirror itself, after a redirect.
    Redirect,
}

impl Answer {
    /// How the file that is answered is delivered; `None` where the origin answers.
    pub(crate) fn delivery(self) -> Option<Delivery> {
        match self {
            Self::File(FileDelivery::Stream) => Some(Delivery::Stream),
            Self::File(FileDelivery::Redirect) => Some(Delivery::Redirect),
            Self::Fetch => Some(Delivery::Fetch),
            Self::Origin => None,
        }
    }
}

impl From<Delivery> for Answer {
    fn from(delivery: Delivery) -> Self {
        match delivery {
            Delivery::Stream => Self::File(FileDelivery::Stream),
            Delivery::Redirect => Self::File(FileDelivery::Redirect),
            Delivery::Fetch => Self::Fetch,
        }
    }
}

impl Serialize for Route {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        WrittenRoute::from(self.clone()).serialize(serializer)
    }
}

impl From<Route> for WrittenRoute {
    fn from(route: Route) -> Self {
        let Route {
            path,
            methods,
            served,
        } = route;
        let bare = Self {
            path,
            methods,
            accepts: Vec::new(),
            combine: None,
            services: Vec::new(),
            passes: Vec::new(),
            answer: Answer::Origin,
        };
        match served {
            Served::Files {
                accepts:
                    Accepts {
                        names,
                        combine,
                        services,
                    },
                delivery,
            } => Self {
                accepts: names,
                combine: Some(combine).filter(|combine| *combine != Combine::default()),
                services,
                answer: delivery.into(),
                ..bare
            },
            Served::Backend { passes } => Self { passes, ..bare },
        }
    }
}
