//! The stand-in for the mirror: a server of static files.

use std::ops::Deref;
use std::path::Path;

use crate::error::Result;
use crate::server::Server;
use crate::server::static_files::StaticFiles;

/// A [`Server`] of static files, with ranges, validators, conditional requests and HEAD.
pub struct Mirror(Server);

impl Mirror {
    /// Serves the files below `directory` on a free port of 127.0.0.1.
    pub fn start(directory: &Path) -> Result<Self> {
        let files = StaticFiles::below(directory)?;
        Server::start("mirror", files.into_router()).map(Self)
    }
}

impl Deref for Mirror {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.0
    }
}

#[cfg(test)]
mod tests;
