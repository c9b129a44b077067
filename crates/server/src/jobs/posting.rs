//! Points that are due are posted, and what has run out is forgotten.

use storage::Posted;
use uuid::Uuid;

use super::{BATCH, Failed, Lease, is_last};
use crate::state::App;
use crate::wechat::BINDING_IDLE;

pub(super) async fn run(lease: &mut Lease<'_>) -> Result<(), Failed> {
    let app = lease.app;
    app.limits.forget_idle();
    let mut after = None;
    loop {
        let page = app.database.read().await?.due_members(app.today(), after, BATCH).await?;
        let (mut purchases, mut points) = (0, 0);
        for member in &page {
            if !lease.keep().await? {
                return Ok(());
            }
            match post(app, *member).await {
                Ok(posted) => {
                    purchases += posted.purchases;
                    points += posted.points;
                }
                Err(error) => tracing::error!(%error, %member, "points could not be posted"),
            }
        }
        if purchases > 0 {
            tracing::info!(purchases, points, "posted");
        }
        if is_last(&page) {
            break;
        }
        after = page.last().copied();
    }
    let mut tx = app.database.begin().await?;
    tx.purge_wechat_accounts(app.now() - BINDING_IDLE).await?;
    tx.purge(app.now()).await?;
    tx.purge_staff_sessions(app.now()).await?;
    Ok(tx.commit().await?)
}

/// Each member in a transaction of her own.
async fn post(app: &App, member: Uuid) -> storage::Result<Posted> {
    let mut tx = app.database.begin().await?;
    let posted = tx.post_member(member, app.today(), app.now()).await?;
    tx.commit().await?;
    Ok(posted)
}
