//! What ends the request for a file that may be read, and cannot be delivered.

use http::StatusCode;

use crate::denial::Ground;
use crate::step::Step;

/// Somebody holds the file's bytes, and hands them over.
pub static STEP: Step = Step::new("delivery", "there is a place to get the file from");

const fn not_downloadable() -> Ground {
    Ground::refused(
        StatusCode::NOT_FOUND,
        "file_not_downloadable",
        "The file was found, but no download is currently available.",
        "Ask the repository's operators.",
        &STEP,
    )
}

/// Nobody holds the file's bytes.
pub static NOT_DOWNLOADABLE: Ground = not_downloadable().advising(
    "The record has no `mirror_key`, and no `repository_url` on a host of the policy's \
     [[repository.hosts]]; or the route would have to redirect to what comes through the edge.",
);

/// The repository does not give the file to this user.
pub static REPOSITORY_REFUSED: Ground = not_downloadable().logged_as("repository_refused");

/// The mirror cannot be reached, or what it answers cannot be used.
pub static MIRROR_UNAVAILABLE: Ground = Ground::unavailable(
    "mirror_unavailable",
    "destination_unavailable",
    "The mirror cannot be reached at the moment.",
    &STEP,
);

/// The mirror, or the repository, sends whole files only. Repeating does not help the client, and
/// the whole file does not either: curl would not know where to put it, and fail on every rerun.
pub static RANGES_IGNORED: Ground = Ground::refused(
    StatusCode::NOT_IMPLEMENTED,
    "ranges_ignored",
    "The file can only be had whole at the moment.",
    "Delete what you have of the file and download it anew, or ask the repository's operators.",
    &STEP,
)
.advising(
    "The mirror, or the repository, answers a request for a part of a file with all of it. It must \
     support Range: without it no download can be resumed.",
);

/// The repository cannot be reached, or what it answers cannot be used.
pub static REPOSITORY_UNAVAILABLE: Ground = Ground::unavailable(
    "repository_unavailable",
    "destination_unavailable",
    "The repository cannot be reached at the moment.",
    &STEP,
);

/// The policy does not say where clients find the mirror.
pub static NOWHERE_TO_REDIRECT: Ground =
    Ground::misconfigured(&STEP).advising("`azat policy check` tells what is wrong with a policy.");
