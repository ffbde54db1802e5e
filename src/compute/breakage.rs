//! What a client gets when the program breaks all the same: an answer, and the log a line.
//!
//! A panic ends the sandbox. Left to itself, the platform then answers on its own, Viceroy with a
//! backtrace. The panic's message is told to nobody: it may quote what the client sent.

use std::cell::RefCell;
use std::panic::{self, PanicHookInfo};

use azat_edge::gateway;
use azat_edge::request::Unreadable;
use azat_edge::time::UnixTime;
use http::Method;

use super::{client, log};

/// How far the program is with a request.
pub(super) enum Progress {
    /// It reads what the client sent. A host that does not stand in the field Host is only seen by
    /// reading the URL, at which the SDK panics if that host cannot be part of one.
    Reading(Method),
    /// It decides.
    Deciding(Method),
    /// It has answered, or is about to.
    Answered,
}

thread_local! {
    static PROGRESS: RefCell<Progress> = const { RefCell::new(Progress::Answered) };
}

/// Takes note of how far the program is.
pub(super) fn note(progress: Progress) {
    PROGRESS.set(progress);
}

/// From now on a request at which the program breaks is answered, unless it has been.
pub(super) fn answer_from_now_on() {
    panic::set_hook(Box::new(answer));
}

fn answer(broken: &PanicHookInfo<'_>) {
    let now = UnixTime::now();
    let (method, (response, trail)) = match PROGRESS.replace(Progress::Answered) {
        Progress::Reading(method) => {
            let unreadable = Unreadable("expected a host that can be part of a URL");
            let refused = gateway::refuse(unreadable, &method, now);
            (method, refused)
        }
        Progress::Deciding(method) => {
            let place = broken.location().map(ToString::to_string);
            let apology = gateway::apologise(place.unwrap_or_default(), &method, now);
            (method, apology)
        }
        Progress::Answered => return,
    };
    log::write(&trail, response.status());
    client::send(response, &method);
}
