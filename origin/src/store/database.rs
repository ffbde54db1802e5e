//! The open store: what every act goes through, and how it recovers when the disk fails.
//!
//! After a failed read or write the database does nothing more until it has been opened again. So
//! whoever meets the failure opens it again, for all. A full disk would fail the next write too:
//! for a while none is tried, and what is there can be read.

use std::path::Path;
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use redb::{Database, ReadTransaction, ReadableDatabase as _, WriteTransaction};
use tokio::sync::watch;

use super::fault::StoreFault;
use super::health::Health;
use super::store_file::StoreFile;

/// How long after a failed write none is tried.
const SUSPENSION: Duration = Duration::from_secs(5);

/// The open store. While it lives, no other process can open the file.
pub struct Store {
    file: StoreFile,
    open: RwLock<Open>,
    suspended_until: Mutex<Option<Instant>>,
    health: watch::Sender<Health>,
}

struct Open {
    /// Absent when it could not be opened again.
    database: Option<Database>,
    /// How often it was opened again.
    reopened: u64,
}

/// What an act that may write came to.
pub(super) enum Act<T> {
    /// It is to be kept.
    Done(T),
    /// Nothing was written: nothing is to be waited for until it is on the disk.
    Nothing(T),
}

impl Store {
    /// Opens the store, and creates it if it is not there: readable by its owner alone, since it
    /// holds private keys.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn open_or_create(file: impl Into<StoreFile>) -> Result<Self, StoreFault> {
        let file = file.into();
        let database = file.open_or_create()?;
        Ok(Self::over(file, database))
    }

    /// Opens a store that is there.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn open(file: impl Into<StoreFile>) -> Result<Self, StoreFault> {
        let file = file.into();
        let database = file.open()?;
        Ok(Self::over(file, database))
    }

    fn over(file: StoreFile, database: Database) -> Self {
        Self {
            file,
            open: RwLock::new(Open {
                database: Some(database),
                reopened: 0,
            }),
            suspended_until: Mutex::default(),
            health: watch::Sender::new(Health::Good),
        }
    }

    /// How the store is, now and from now on.
    pub fn health(&self) -> watch::Receiver<Health> {
        self.health.subscribe()
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        self.file.path()
    }

    /// The database, for one who has it alone.
    pub(super) fn into_database(self) -> Result<Database, StoreFault> {
        let open = self
            .open
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        open.database.ok_or(StoreFault::Lost)
    }

    /// Loses the database.
    #[cfg(test)]
    pub(crate) fn lose(&self) {
        self.open.write().unwrap().database = None;
    }

    /// Reads: all that `act` sees is of one moment.
    pub(super) fn read<T>(
        &self,
        act: impl FnOnce(&ReadTransaction) -> Result<T, StoreFault>,
    ) -> Result<T, StoreFault> {
        self.attempt(|database| act(&database.begin_read()?))
    }

    /// Reads and writes: what `act` does happens as a whole or not at all, nobody writes in
    /// between, and it is on the disk when this returns.
    pub(super) fn write<T>(
        &self,
        act: impl FnOnce(&WriteTransaction) -> Result<Act<T>, StoreFault>,
    ) -> Result<T, StoreFault> {
        if self.is_suspended() {
            return Err(StoreFault::Suspended);
        }
        let outcome = self.attempt(|database| {
            let mut transaction = database.begin_write()?;
            // After a kill the file is repaired in a moment, however large it is.
            transaction.set_quick_repair(true);
            match act(&transaction)? {
                Act::Done(value) => {
                    transaction.commit()?;
                    Ok((value, true))
                }
                Act::Nothing(value) => {
                    transaction.abort()?;
                    Ok((value, false))
                }
            }
        });
        match &outcome {
            Ok((_, true)) => self.is_now(Health::Good),
            Err(fault) if fault.needs_reopening() => self.suspend(),
            _ => {}
        }
        outcome.map(|(value, _)| value)
    }

    /// Does something with the database, and opens it again if it failed for good.
    fn attempt<T>(
        &self,
        act: impl FnOnce(&Database) -> Result<T, StoreFault>,
    ) -> Result<T, StoreFault> {
        let (outcome, reopened) = {
            let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
            let database = open.database.as_ref().ok_or(StoreFault::Lost)?;
            (act(database), open.reopened)
        };
        if outcome.as_ref().is_err_and(StoreFault::needs_reopening) {
            self.reopen(reopened);
        }
        outcome
    }

    /// Opens the database again, unless somebody has done so since it was opened for the
    /// `reopened`th time.
    fn reopen(&self, reopened: u64) {
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        if open.reopened != reopened {
            return;
        }
        // It must be closed before it can be opened.
        open.database = None;
        match self.file.open() {
            Ok(database) => {
                open.database = Some(database);
                open.reopened += 1;
            }
            Err(_) => self.is_now(Health::Lost),
        }
    }

    fn is_suspended(&self) -> bool {
        let until = self
            .suspended_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| Instant::now() < until)
    }

    fn suspend(&self) {
        let until = Instant::now() + SUSPENSION;
        *self
            .suspended_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(until);
        self.is_now(Health::Failing);
    }

    fn is_now(&self, health: Health) {
        self.health.send_if_modified(|present| {
            let changes = *present != health && *present != Health::Lost;
            if changes {
                *present = health;
            }
            changes
        });
    }
}

#[cfg(test)]
mod tests;
