//! The edge's loop around the edge's verification, and nothing else. Every token is verified anew:
//! none is remembered.

use azat_edge::jose::{Compact, KeySet, Keys};
use azat_edge::time::UnixTime;
use azat_policy::{Algorithm, Profile};
use fastly::http::StatusCode;
use fastly::http::header::AUTHORIZATION;
use fastly::http::serve::{NextRequestOptions, RequestPromise};
use fastly::{ConfigStore, Request, Response};

/// As many as the edge serves.
const REQUESTS_PER_SANDBOX: usize = 16;

/// How far the clocks may differ, in seconds: as the others have it.
const LEEWAY: u32 = 60;

/// What is read once for each sandbox.
struct Verifier {
    profile: Profile,
    keys: KeySet,
}

/// Serves requests until the sandbox has done its share.
pub(crate) fn serve() {
    fastly::init();
    let mut request = Request::from_client();
    let verifier = Verifier::from_store();
    for _ in 0..REQUESTS_PER_SANDBOX {
        let status = match (&verifier, request.get_header_str(AUTHORIZATION)) {
            (Some(verifier), Some(field)) if verifier.accepts(field) => StatusCode::OK,
            _ => StatusCode::UNAUTHORIZED,
        };
        Response::from_status(status)
            .with_body(if status == StatusCode::OK { "ok" } else { "no" })
            .send_to_client();
        let promise = RequestPromise::new(&NextRequestOptions::default());
        match promise.and_then(RequestPromise::wait) {
            Ok(next) => request = next,
            Err(_) => return,
        }
    }
}

impl Verifier {
    fn from_store() -> Option<Self> {
        let store = ConfigStore::try_open("bench").ok()?;
        let jwk = store.try_get("jwk").ok()??;
        let set = format!(r#"{{"keys": [{jwk}]}}"#);
        Some(Self {
            profile: Profile {
                issuer: store.try_get("issuer").ok()?,
                leeway_seconds: LEEWAY,
                ..Profile::of(Algorithm::RS256)
            },
            keys: KeySet::parse(&set).ok()?,
        })
    }

    fn accepts(&self, field: &str) -> bool {
        let Some(token) = field.strip_prefix("Bearer ") else {
            return false;
        };
        let keys = Keys::Published(&self.keys);
        Compact::parse(token)
            .and_then(|compact| compact.authenticate(&self.profile, keys))
            .and_then(|authentic| authentic.verify(&self.profile, UnixTime::now()))
            .is_ok()
    }
}
