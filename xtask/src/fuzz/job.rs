//! A run of one fuzz target.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use azat_testbed::ProcessGroup;

use crate::interrupt;

/// The longest input that is tried, in bytes: somewhat more than the longest token that is read.
const MAXIMUM_LENGTH: u32 = 9_000;

/// Seconds that no input may take.
const TIMEOUT: u32 = 20;

/// When a run ends without a finding.
#[derive(Clone, Copy)]
pub(super) enum Limit {
    /// After so long.
    Seconds(u64),
    /// After so many executions, which are the same each time.
    Runs(u64),
}

impl Limit {
    /// How many executions there are at least, if the run has not ended early.
    fn least_executions(self) -> u64 {
        match self {
            Self::Seconds(_) => 1,
            Self::Runs(runs) => runs,
        }
    }
}

/// What to run.
pub(super) struct Job {
    pub(super) target: &'static str,
    /// The program, and what comes before libFuzzer's arguments.
    pub(super) program: Vec<OsString>,
    pub(super) corpus: PathBuf,
    pub(super) artifacts: PathBuf,
    pub(super) dictionary: PathBuf,
    pub(super) log: PathBuf,
    pub(super) limit: Limit,
}

/// What came out.
pub(super) struct Outcome {
    pub(super) target: &'static str,
    pub(super) executions: u64,
    pub(super) failed: bool,
    /// The input that is the finding.
    pub(super) input: Option<PathBuf>,
    pub(super) log: PathBuf,
    pub(super) program: Vec<OsString>,
}

/// Runs every job to its end, `at_once` at a time: there are as many outcomes as jobs.
pub(super) fn run(jobs: Vec<Job>, at_once: usize) -> Result<Vec<Outcome>> {
    let count = jobs.len();
    let mut waiting = jobs.into_iter();
    let mut running: Vec<(Job, ProcessGroup)> = Vec::new();
    let mut outcomes = Vec::new();
    interrupt::poll(|| {
        while running.len() < at_once {
            let Some(job) = waiting.next() else {
                break;
            };
            let group = job.start()?;
            running.push((job, group));
        }
        let mut still_running = Vec::new();
        for (job, mut group) in running.drain(..) {
            match group.try_wait()? {
                Some(status) => outcomes.push(job.outcome(status.success())?),
                None => still_running.push((job, group)),
            }
        }
        running = still_running;
        Ok((outcomes.len() == count).then_some(()))
    })?;
    outcomes.sort_by_key(|outcome| outcome.target);
    Ok(outcomes)
}

impl Job {
    fn start(&self) -> Result<ProcessGroup> {
        for folder in [&self.corpus, &self.artifacts] {
            fs::create_dir_all(folder)?;
        }
        if let Some(folder) = self.log.parent() {
            fs::create_dir_all(folder)?;
        }
        let log = File::create(&self.log)?;
        let (program, arguments) = self.program.split_first().context("no program")?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .arg(&self.corpus)
            .env("AZAT_EDGE_SEEDS", &self.corpus);
        command.arg(format!("-artifact_prefix={}/", self.artifacts.display()));
        command.arg(format!("-dict={}", self.dictionary.display()));
        command.arg(format!("-max_len={MAXIMUM_LENGTH}"));
        command.arg(format!("-timeout={TIMEOUT}"));
        command.arg("-print_final_stats=1");
        match self.limit {
            Limit::Seconds(seconds) => command.arg(format!("-max_total_time={seconds}")),
            Limit::Runs(runs) => command.arg(format!("-runs={runs}")).arg("-seed=1"),
        };
        command.stdout(log.try_clone()?).stderr(log);
        ProcessGroup::spawn(&mut command)
            .with_context(|| format!("could not run {}", program.display()))
    }

    /// Reads the log of a run that has ended. One that did not do what it had to is no success,
    /// whatever it says itself.
    fn outcome(self, succeeded: bool) -> Result<Outcome> {
        let log = String::from_utf8_lossy(&fs::read(&self.log)?).into_owned();
        let executions = executions(&log);
        Ok(Outcome {
            target: self.target,
            executions,
            failed: !succeeded || executions < self.limit.least_executions(),
            input: input(&log),
            log: self.log,
            program: self.program,
        })
    }
}

impl Outcome {
    /// A finding, for a person who wants to see it again.
    pub(super) fn finding(&self) -> Option<String> {
        let Self {
            target,
            log,
            program,
            ..
        } = self;
        let program = program.join(OsStr::new(" "));
        let (log, program) = (log.display(), program.display());
        self.failed.then(|| match &self.input {
            Some(input) => {
                let input = input.display();
                format!("{target} has a finding: {input} (log: {log}; again: {program} {input})")
            }
            None => format!("{target} ended early, without an input to show (log: {log})"),
        })
    }
}

/// How many executions libFuzzer reports at its end; none if it says nothing.
fn executions(log: &str) -> u64 {
    (log.lines())
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))
        .and_then(|number| number.trim().parse().ok())
        .unwrap_or(0)
}

/// Where libFuzzer says that it put the input that fails.
fn input(log: &str) -> Option<PathBuf> {
    (log.lines())
        .find_map(|line| line.split_once("Test unit written to "))
        .map(|(_, path)| path.trim().into())
}

#[cfg(test)]
mod tests;
