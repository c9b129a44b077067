//! What happens without being asked. Work is taken by lease from the database, so that any number of servers may run; and
//! each job is safe to run twice, because what it does to one thing is a guarded step in a transaction of its own.
//!
//! A thing that can't be done is logged, and the next one's turn comes: what is broken with one member is in nobody else's way.
//! It is tried again with the next run.

mod expiry;
mod lateness;
mod messages;
mod posting;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::code::hex;
use crate::entropy;
use crate::state::{App, Shared};

/// Why a job ended before its end.
pub type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Deadlines that members and counters wait for: noticed within this time and a little.
const WATCH_EVERY: Duration = Duration::from_secs(10);
/// What is due by the day.
const POST_EVERY: Duration = Duration::from_secs(60);
/// A server that dies holds the others up for so long at most. A run that takes longer prolongs its lease as it goes.
const LIFE: TimeDelta = TimeDelta::seconds(30);
/// How much is looked for at once.
const BATCH: i64 = 200;
/// A lease with less than this left is prolonged before the next piece of work.
const PROLONG_BELOW: TimeDelta = TimeDelta::seconds(20);

/// A kind of work; one server at a time does each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Points that are due are posted, and what has run out is forgotten.
    Posting,
    /// Holds whose time has run out give back what they held.
    Expiry,
    /// Counters that have not confirmed in time are noticed.
    Lateness,
    /// Messages are sent.
    Messages,
}

impl Job {
    /// Every job, messages after what gives reason for some.
    pub const ALL: [Self; 4] = [Self::Posting, Self::Expiry, Self::Lateness, Self::Messages];

    /// What its lease is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Posting => "posting",
            Self::Expiry => "expiry",
            Self::Lateness => "lateness",
            Self::Messages => "messages",
        }
    }

    const fn every(self) -> Duration {
        match self {
            Self::Posting => POST_EVERY,
            Self::Expiry | Self::Lateness | Self::Messages => WATCH_EVERY,
        }
    }

    async fn work(self, lease: &mut Lease<'_>) -> Result<(), Failed> {
        match self {
            Self::Posting => posting::run(lease).await,
            Self::Expiry => expiry::run(lease).await,
            Self::Lateness => lateness::run(lease).await,
            Self::Messages => messages::run(lease).await,
        }
    }
}

/// The right to do a job now.
struct Lease<'a> {
    app: &'a App,
    job: &'static str,
    holder: String,
    until: DateTime<Utc>,
}

impl<'a> Lease<'a> {
    /// `None` if another server has it.
    async fn take(app: &'a App, job: Job) -> Result<Option<Self>, Failed> {
        let holder = hex(&entropy::bytes::<8>(app.entropy.as_ref())?);
        let mut lease = Self { app, job: job.name(), holder, until: DateTime::UNIX_EPOCH };
        Ok(lease.keep().await?.then_some(lease))
    }

    /// To be asked before each piece of work: prolongs the lease if it is about to run out. `false` if it has run out and
    /// another server took it, who will do the rest.
    async fn keep(&mut self) -> storage::Result<bool> {
        let now = self.app.now();
        // More than a whole life left is of a clock that was put back meanwhile.
        if (PROLONG_BELOW..=LIFE).contains(&(self.until - now)) {
            return Ok(true);
        }
        let until = now + LIFE;
        let mut tx = self.app.database.begin().await?;
        let mine = tx.take_lease(self.job, &self.holder, now, until).await?;
        tx.commit().await?;
        self.until = until;
        Ok(mine)
    }

    async fn release(self) -> storage::Result<()> {
        let mut tx = self.app.database.begin().await?;
        tx.release_lease(self.job, &self.holder).await?;
        tx.commit().await
    }
}

/// Whether there is nothing behind this page.
fn is_last<T>(page: &[T]) -> bool {
    i64::try_from(page.len()).unwrap_or(i64::MAX) < BATCH
}

/// Does a job, unless another server is at it; whether it did.
pub async fn run(app: &App, job: Job) -> Result<bool, Failed> {
    let Some(mut lease) = Lease::take(app, job).await? else { return Ok(false) };
    let done = job.work(&mut lease).await;
    lease.release().await?;
    done.map(|()| true)
}

/// Does what is due before a server is there for anybody. Messages wait: a gateway that does not answer must not keep a
/// server from starting. Neither must a job that fails: deadlines count without it, and its next run is seconds away.
pub async fn catch_up(app: &App) {
    for job in [Job::Posting, Job::Expiry, Job::Lateness] {
        if let Err(error) = run(app, job).await {
            tracing::error!(%error, job = job.name(), "a job failed");
        }
    }
}

/// Does every job once, but for those another server is at.
pub async fn run_all(app: &App) -> Result<(), Failed> {
    for job in Job::ALL {
        run(app, job).await?;
    }
    Ok(())
}

/// Runs the jobs in their time until told to stop; a run that has begun is finished. Each has a rhythm of its own, so that
/// a long one keeps nobody waiting.
pub async fn keep_running(app: Shared, stop: watch::Receiver<bool>) {
    let rhythms: Vec<_> = Job::ALL.map(|job| tokio::spawn(repeat(app.clone(), job, stop.clone()))).into();
    for rhythm in rhythms {
        if let Err(error) = rhythm.await {
            tracing::error!(%error, "a job was given up");
        }
    }
}

async fn repeat(app: Shared, job: Job, mut stop: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval_at(tokio::time::Instant::now() + job.every(), job.every());
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        if let Err(error) = run(&app, job).await {
            tracing::error!(%error, job = job.name(), "a job failed");
        }
    }
}
