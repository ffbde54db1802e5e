//! What a sandbox keeps from one request to the next.

use crate::jose::Memory;
use crate::settings::Settings;

/// What is read or verified once, and used for many requests.
pub struct Sandbox {
    /// Policy and keys.
    pub settings: Settings,
    /// Tokens seen before.
    pub memory: Memory,
}

impl Sandbox {
    /// A new sandbox, which knows what is built in and nothing else.
    pub fn new() -> Self {
        Self {
            settings: Settings::built_in(),
            memory: Memory::default(),
        }
    }
}

impl Default for Sandbox {
    fn default() -> Self {
        Self::new()
    }
}
