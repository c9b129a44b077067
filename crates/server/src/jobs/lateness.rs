//! Counters that have not confirmed in time are noticed: the member hears of it, with the ways out, and so do the managers.

use storage::{Acted, DueReservation};

use super::{BATCH, Failed, Lease, is_last};
use crate::outbox::{News, tell};
use crate::routes::staff::record::{Action, Line, note};
use crate::state::App;

pub(super) async fn run(lease: &mut Lease<'_>) -> Result<(), Failed> {
    let app = lease.app;
    let mut after = None;
    loop {
        let page = app.database.read().await?.late_unnoticed(app.now(), after, BATCH).await?;
        for late in &page {
            if !lease.keep().await? {
                return Ok(());
            }
            if let Err(error) = notice(app, *late).await {
                tracing::error!(%error, reservation = %late.id, "a counter that is late could not be noticed");
            }
        }
        if is_last(&page) {
            return Ok(());
        }
        after = page.last().copied();
    }
}

async fn notice(app: &App, DueReservation { member, id, .. }: DueReservation) -> Result<(), Failed> {
    let now = app.now();
    let mut tx = app.database.begin().await?;
    if let Acted::Done(reservation) = tx.note_late(member, id, &app.programme, now).await? {
        tell(app, &mut tx, &reservation, News::Late, now).await?;
        let line = Line { counter: Some(reservation.counter), about: Some(id), ..Line::default() };
        note(app, &mut tx, Action::Late, line).await?;
        tx.commit().await?;
    }
    Ok(())
}
