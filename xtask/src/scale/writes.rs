//! Writes that the service is killed amid.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::collection::SINGLE_SOURCE;
use super::manifests::target;
use super::serving::Serving;
use super::stranger;
use crate::interrupt;
use crate::kept::Kept;

/// How many ask at the same time.
const CLIENTS: usize = 4;

/// How many writes are done before the kill.
const WRITES: u32 = 20;

/// How long they may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// Has manifests of one source kept, and kills the service while more are asked for. Yields how
/// many were done.
///
/// # Errors
/// When the service does not write.
pub(super) fn until_killed(serving: Serving) -> Result<u32> {
    let address = serving.address;
    let (done, over) = (AtomicU32::new(0), AtomicBool::new(false));
    let asking = || {
        // It ends with the service.
        let ask = || -> Result<()> {
            let mut kept = Kept::open(address)?;
            loop {
                let put = format!("PUT {}", target(Some(SINGLE_SOURCE)));
                kept.ask(&put, &(stranger::another() + "\r\nContent-Length: 0"), 200)?;
                done.fetch_add(1, Ordering::Relaxed);
            }
        };
        match ask() {
            Err(_) if over.load(Ordering::Relaxed) => Ok(()),
            ended => ended,
        }
    };
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(asking)).collect();
        let deadline = Instant::now() + PATIENCE;
        let enough = interrupt::poll(|| {
            let done = done.load(Ordering::Relaxed);
            let is_over = Instant::now() > deadline || clients.iter().any(|it| it.is_finished());
            Ok((done >= WRITES || is_over).then_some(done))
        });
        over.store(true, Ordering::Relaxed);
        serving.kill();
        for client in clients {
            match client.join() {
                Ok(ended) => ended?,
                Err(_) => anyhow::bail!("a client that writes panicked"),
            }
        }
        let enough = enough?;
        ensure!(enough >= WRITES, "only {enough} manifests were kept");
        Ok(done.load(Ordering::Relaxed))
    })
}
