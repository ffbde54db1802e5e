//! Samples of one thing, taken in rounds.

/// What was measured, round by round.
#[derive(Clone, Debug, Default)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    /// One more round.
    pub(crate) fn add(&mut self, value: f64) {
        self.0.push(value);
    }

    /// How many rounds there were.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The median; of an even number, the upper one of the two in the middle. Not a number without
    /// samples.
    pub(crate) fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// The least that is more than this part of all. Not a number without samples.
    pub(crate) fn quantile(&self, part: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let index = (sorted.len() as f64 * part) as usize;
        sorted.get(index).copied().unwrap_or(f64::NAN)
    }

    /// The least. Not a number without samples.
    pub(crate) fn minimum(&self) -> f64 {
        self.0.iter().copied().fold(f64::NAN, f64::min)
    }
}

#[cfg(test)]
mod tests;
