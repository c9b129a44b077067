//! Holds whose time has run out give back what they held.
//!
//! Nobody waits for this: an overdue hold is expired for whoever asks from its deadline on. This writes it down, and tells her.

use storage::Acted;
use uuid::Uuid;

use super::{Failed, Lease};
use crate::outbox::{News, tell};
use crate::state::App;

const BATCH: i64 = 200;

pub(super) async fn run(lease: &mut Lease<'_>) -> Result<(), Failed> {
    let app = lease.app;
    loop {
        let overdue = app.database.read().await?.overdue_holds(app.now(), BATCH).await?;
        for (member, id) in &overdue {
            if !lease.keep().await? {
                return Ok(());
            }
            expire(app, *member, *id).await?;
        }
        if i64::try_from(overdue.len()).unwrap_or(i64::MAX) < BATCH {
            return Ok(());
        }
    }
}

/// In a transaction of its own: whoever was faster, she herself perhaps with a new reservation, has done it.
async fn expire(app: &App, member: Uuid, id: Uuid) -> Result<(), Failed> {
    let now = app.now();
    let mut tx = app.database.begin().await?;
    if let Acted::Done(reservation) = tx.expire(member, id, &app.programme, now).await? {
        tell(app, &mut tx, &reservation, News::Expired, now).await?;
        tx.commit().await?;
    }
    Ok(())
}
