//! What the watchers look for. In pages by place, not by what is left over: whoever can't finish one goes on behind it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::database::Reader;
use crate::error::Result;

/// A reservation that a watcher has to see to; also where the next page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueReservation {
    /// The deadline that has passed.
    pub due: DateTime<Utc>,
    /// Whose.
    pub member: Uuid,
    /// Its identifier.
    pub id: Uuid,
}

impl Reader {
    /// Holds whose time has run out and that nobody has ended, from behind `after` on, the oldest first.
    pub async fn overdue_holds(
        &mut self,
        now: DateTime<Utc>,
        after: Option<DueReservation>,
        limit: i64,
    ) -> Result<Vec<DueReservation>> {
        let sql = "SELECT hold_until, member_id, reservation_id FROM reservations \
                   WHERE state IN ('held', 'ready') AND hold_until <= $1 AND (hold_until, member_id, reservation_id) > ($2, $3, $4) \
                   ORDER BY hold_until, member_id, reservation_id LIMIT $5";
        self.due_reservations(sql, now, after, limit).await
    }

    /// Reservations that a counter has not confirmed in time and of which nobody has taken note, from behind `after` on, the
    /// oldest first.
    pub async fn late_unnoticed(
        &mut self,
        now: DateTime<Utc>,
        after: Option<DueReservation>,
        limit: i64,
    ) -> Result<Vec<DueReservation>> {
        let sql = "SELECT ready_by, member_id, reservation_id FROM reservations \
                   WHERE state = 'held' AND late_at IS NULL AND ready_by < $1 AND hold_until > $1 \
                   AND (ready_by, member_id, reservation_id) > ($2, $3, $4) \
                   ORDER BY ready_by, member_id, reservation_id LIMIT $5";
        self.due_reservations(sql, now, after, limit).await
    }

    async fn due_reservations(
        &mut self,
        sql: &'static str,
        now: DateTime<Utc>,
        after: Option<DueReservation>,
        limit: i64,
    ) -> Result<Vec<DueReservation>> {
        let (due, member, id) = after
            .map_or((i64::MIN, Uuid::nil(), Uuid::nil()), |DueReservation { due, member, id }| {
                (due.timestamp_millis(), member, id)
            });
        let rows = self.fetch(sql, &[now.into(), due.into(), member.into(), id.into(), limit.into()]).await?;
        rows.iter().map(|row| Ok(DueReservation { due: row.get(0)?, member: row.get(1)?, id: row.get(2)? })).collect()
    }
}
