//! Holds whose time has run out give back what they held.
//!
//! Nobody waits for this: an overdue hold is expired for whoever asks from its deadline on. This writes it down, and tells her.

use storage::{Acted, DueReservation};

use super::{BATCH, Failed, Lease, is_last};
use crate::outbox::{News, tell};
use crate::state::App;

pub(super) async fn run(lease: &mut Lease<'_>) -> Result<(), Failed> {
    let app = lease.app;
    let mut after = None;
    loop {
        let page = app.database.read().await?.overdue_holds(app.now(), after, BATCH).await?;
        for overdue in &page {
            if !lease.keep().await? {
                return Ok(());
            }
            if let Err(error) = expire(app, *overdue).await {
                tracing::error!(%error, reservation = %overdue.id, "a hold could not be ended");
            }
        }
        if is_last(&page) {
            return Ok(());
        }
        after = page.last().copied();
    }
}

/// In a transaction of its own: whoever was faster, she herself perhaps with a new reservation, has done it.
async fn expire(app: &App, DueReservation { member, id, .. }: DueReservation) -> Result<(), Failed> {
    let now = app.now();
    let mut tx = app.database.begin().await?;
    if let Acted::Done(reservation) = tx.expire(member, id, &app.programme, now).await? {
        tell(app, &mut tx, &reservation, News::Expired, now).await?;
        tx.commit().await?;
    }
    Ok(())
}
