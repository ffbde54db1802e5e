//! All times of verification, by operation and contender.

use anyhow::{Result, bail};

use crate::sample::Samples;

/// In the order in which they were first measured.
#[derive(Default)]
pub(crate) struct Measurements(Vec<Measured>);

/// What one contender took for one operation, in microseconds.
pub(crate) struct Measured {
    pub(crate) operation: String,
    pub(crate) contender: String,
    /// The median of each round.
    pub(crate) medians: Samples,
    /// The minimum of each round.
    pub(crate) minima: Samples,
}

impl Measurements {
    /// Adds a round's median and minimum, in microseconds.
    pub(crate) fn add(&mut self, operation: String, contender: String, median: f64, minimum: f64) {
        let own = |measured: &Measured| {
            measured.operation == operation && measured.contender == contender
        };
        let index = self.0.iter().position(own).unwrap_or_else(|| {
            self.0.push(Measured {
                operation,
                contender,
                medians: Samples::default(),
                minima: Samples::default(),
            });
            self.0.len() - 1
        });
        self.0[index].medians.add(median);
        self.0[index].minima.add(minimum);
    }

    /// Checks that every contender took part in so many rounds with every operation.
    ///
    /// # Errors
    /// When one was left out of a round.
    pub(crate) fn check_rounds(&self, rounds: usize) -> Result<()> {
        let short = |measured: &&Measured| measured.medians.count() != rounds;
        match self.iter().find(short) {
            None => Ok(()),
            Some(measured) => bail!(
                "{}, {}: measured in {} rounds of {rounds}",
                measured.operation,
                measured.contender,
                measured.medians.count()
            ),
        }
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Measured> {
        self.0.iter()
    }

    /// The median of a contender's medians, in microseconds.
    pub(crate) fn median(&self, operation: &str, contender: &str) -> Option<f64> {
        self.iter()
            .find(|measured| measured.operation == operation && measured.contender == contender)
            .map(|measured| measured.medians.median())
    }
}

#[cfg(test)]
mod tests;
