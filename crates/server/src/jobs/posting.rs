//! Points that are due are posted, and what has run out is forgotten.

use super::{Failed, Lease};

/// Members posted in one go; each is a transaction of her own.
const BATCH: i64 = 200;

pub(super) async fn run(lease: &mut Lease<'_>) -> Result<(), Failed> {
    let app = lease.app;
    app.limits.forget_idle();
    while lease.keep().await? {
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
    tx.purge_staff_sessions(app.now()).await?;
    Ok(tx.commit().await?)
}
