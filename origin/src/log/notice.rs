//! A line of the log that is about no request.

use std::fmt::Display;

use azat_edge::time::UnixTime;
use serde::Serialize;

/// Something that the operator may want to know.
#[derive(Serialize)]
pub(super) struct Notice {
    time: UnixTime,
    notice: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// How many lines it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<u64>,
}

impl Notice {
    /// Of now.
    pub(super) fn of(notice: &'static str, detail: Option<&dyn Display>) -> Self {
        Self {
            time: UnixTime::now(),
            notice,
            detail: detail.map(ToString::to_string),
            lines: None,
        }
    }
}

/// So many lines could not be written in time.
pub(super) fn lost(lines: u64) -> Notice {
    Notice {
        lines: Some(lines),
        ..Notice::of("lines of the log were lost: nobody took them", None)
    }
}
