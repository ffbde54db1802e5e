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

/// The mirror gives no answer, or one that says that it is in trouble.
pub static MIRROR_UNAVAILABLE: Ground = Ground::unavailable(
    "mirror_unavailable",
    "destination_unavailable",
    "The mirror cannot be reached at the moment.",
    &STEP,
);

/// The repository gives no answer, or one that says that it is in trouble.
pub static REPOSITORY_UNAVAILABLE: Ground = Ground::unavailable(
    "repository_unavailable",
    "destination_unavailable",
    "The repository cannot be reached at the moment.",
    &STEP,
);

/// The mirror wants a credential from the edge, or takes it for somebody who may not read.
pub static MIRROR_REFUSES_EDGE: Ground = Ground::defect(
    "mirror_refuses_edge",
    "http_protocol_error",
    "The mirror does not give out the file.",
    &STEP,
)
.advising(
    "The mirror answered 401 or 403 to a request without a credential. Object storages do so too for \
     objects that are not there, if nobody may list them.",
);

/// The mirror does not have the file that it should have.
pub static FILE_MISSING: Ground = Ground::defect(
    "file_missing",
    "http_protocol_error",
    "The mirror does not have the file.",
    &STEP,
)
.advising("The mirror has nothing under the record's `mirror_key`: is the copy complete?");

/// Whoever should have the file has another one.
pub static FILE_DIFFERS: Ground = Ground::defect(
    "file_differs",
    "http_protocol_error",
    "The file is not the one that is described.",
    &STEP,
)
.advising(
    "Length or digest (`Content-Length`, `Content-Range`, `Repr-Digest`) contradict the file's \
     record: mend the record with `azat files import`, or the copy.",
);

/// Whoever has the file sends an encoding of it.
pub static FILE_ENCODED: Ground = Ground::defect(
    "file_encoded",
    "http_protocol_error",
    "The file is there in an encoded form only.",
    &STEP,
)
.advising(
    "The answer has a `Content-Encoding`, although the edge accepts `identity` alone: the object is \
     stored with that field. Lengths, digests and ranges are those of the bytes without encoding.",
);

/// Whoever has the file sends all of it to everybody. The whole file would not help a client that
/// has the beginning: curl would not know where to put it, and fail on every rerun.
pub static RANGES_IGNORED: Ground = Ground::defect(
    "ranges_ignored",
    "http_protocol_error",
    "The file can only be had whole at the moment.",
    &STEP,
)
.detailed(
    "Delete what you have of the file and download it anew, or ask the repository's operators.",
)
.advising(
    "A request for a part of the file was answered with all of it. A mirror must support Range: \
     without it, no download can be resumed.",
);

/// Whoever has the file answers something that the request does not ask for.
pub static ANSWER_WRONG: Ground = Ground::defect(
    "answer_wrong",
    "http_protocol_error",
    "The file cannot be delivered.",
    &STEP,
)
.advising(
    "The answer is no fitting one to a plain GET or HEAD with at most one range. The cause in the log \
     says whose it is, and what is wrong with it.",
);

/// The policy does not say where clients find the mirror.
pub static NOWHERE_TO_REDIRECT: Ground = Ground::defect(
    "redirect_target_missing",
    "proxy_configuration_error",
    "The file cannot be delivered.",
    &STEP,
)
.advising("A route that redirects needs the policy's `mirror.redirect_base`.");
