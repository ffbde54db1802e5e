//! The identity provider: signs users in, and gives out and renews their access tokens.
//!
//! What it says is believed only in so far as it is about our client: its other clients' tokens
//! prove nothing here. Its error texts go nowhere; ours say what happened.

mod deadline;
mod fault;
mod http;
mod id_token;
mod jwk_set;
mod jwks_endpoint;
mod key_set;
mod lane;
mod provider;
mod questions;
mod seconds;
mod settings;
mod token_endpoint;
mod token_info;
mod tokeninfo_endpoint;
mod user_info;

pub use deadline::{Deadline, Late};
pub use fault::ProviderFault;
pub use provider::IdentityProvider;
pub use settings::{Settings, SettingsFault};
pub use token_endpoint::{Granted, LONGEST_EXCHANGE, SignIn};
pub use token_info::TokenInfo;
pub use user_info::UserInfo;
