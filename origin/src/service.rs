//! The origin service, over HTTP.
//!
//! It answers the edge (`/edge/…`, signed calls only) and, through the edge, the world: the
//! published keys, curl manifests, and users who sign in (`/user/…`). Those who look after it ask
//! at `/healthz`.

mod azat_bearer;
mod bearer;
mod blocking;
mod client_address;
mod edge;
mod exchanges;
mod health;
mod incomplete;
mod jwk_set;
mod live_session;
mod manifest;
mod mint;
mod no_store;
mod origin;
mod overdue;
mod places;
mod rate;
mod refreshes;
mod refusal;
pub mod request_log;
mod routes;
mod user;

pub use exchanges::Exchanges;
pub use origin::{Origin, OriginFault};

#[cfg(test)]
mod tests;
