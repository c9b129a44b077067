//! Counters that have not confirmed in time are noticed: the member hears of it, with the ways out, and so do the managers.

use storage::Acted;
use uuid::Uuid;

use super::{Failed, Lease};
use crate::outbox::{News, tell};
use crate::routes::staff::record::{Action, Line, note};
use crate::state::App;

const BATCH: i64 = 200;

pub(super) async fn run(lease: &mut Lease<'_>) -> Result<(), Failed> {
    let app = lease.app;
    loop {
        let late = app.database.read().await?.late_unnoticed(app.now(), BATCH).await?;
        for (member, id) in &late {
            if !lease.keep().await? {
                return Ok(());
            }
            notice(app, *member, *id).await?;
        }
        if i64::try_from(late.len()).unwrap_or(i64::MAX) < BATCH {
            return Ok(());
        }
    }
}

async fn notice(app: &App, member: Uuid, id: Uuid) -> Result<(), Failed> {
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
