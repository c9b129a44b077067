//! What happens without being asked. Work is taken by lease from the database, so that any number of servers may run; and
//! each job is safe to run twice.

use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;

use crate::code::hex;
use crate::entropy;
use crate::state::Shared;

/// Members posted in one go; each is a transaction of her own.
const BATCH: i64 = 200;
const EVERY: Duration = Duration::from_secs(60);

/// Posts what is due, and forgets what has run out.
pub async fn run(app: &Shared) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    app.limits.forget_idle();
    let holder = hex(&entropy::bytes::<8>(app.entropy.as_ref())?);
    // A server that dies holds the others up for so long at most. A run that takes longer is safe: posting twice is
    // impossible, and purging twice is harmless.
    let life = TimeDelta::seconds(90);
    let mut tx = app.database.begin().await?;
    let mine = tx.take_lease("posting", &holder, app.now(), app.now() + life).await?;
    tx.commit().await?;
    if !mine {
        return Ok(());
    }
    let done = work(app).await;
    let mut tx = app.database.begin().await?;
    tx.release_lease("posting", &holder).await?;
    tx.commit().await?;
    Ok(done?)
}

async fn work(app: &Shared) -> storage::Result<()> {
    loop {
        let posted = app.database.post_due(app.today(), app.now(), BATCH).await?;
        if posted.purchases > 0 {
            tracing::info!(purchases = posted.purchases, points = posted.points, "posted");
        }
        if i64::try_from(posted.members).unwrap_or(i64::MAX) < BATCH {
            break;
        }
    }
    let mut tx = app.database.begin().await?;
    tx.purge(app.now()).await?;
    tx.commit().await
}

/// Runs the jobs once a minute until told to stop; a run that has begun is finished.
pub async fn keep_running(app: Shared, mut stop: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval_at(tokio::time::Instant::now() + EVERY, EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        if let Err(error) = run(&app).await {
            tracing::error!(%error, "a job failed");
        }
    }
}
