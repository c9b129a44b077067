//! Passes that were shown to the staff: who hands a gift over has seen the pass of her who gets it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::Result;

/// A pass that a person of the staff has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassShown {
    /// Which of the reservation's passes: [`crate::Reservation::times_ready`] at that time.
    pub times_ready: i64,
    /// When last.
    pub at: DateTime<Utc>,
}

impl Reader {
    /// The pass of a reservation that this user saw last; `None` if none was shown.
    pub async fn pass_shown(&mut self, member: Uuid, reservation: Uuid, user: &str) -> Result<Option<PassShown>> {
        let sql = "SELECT times_ready, shown_at FROM passes_shown \
                   WHERE member_id = $1 AND reservation_id = $2 AND user_name = $3";
        let row = self.fetch_one(sql, &[member.into(), reservation.into(), user.into()]).await?;
        row.map(|row| Ok(PassShown { times_ready: row.get(0)?, at: row.get(1)? })).transpose()
    }
}

impl Transaction {
    /// Notes that this user was shown a pass of the reservation. What others were shown stands beside it: two who serve her
    /// are not in one another's way.
    pub async fn note_pass_shown(
        &mut self,
        member: Uuid,
        reservation: Uuid,
        user: &str,
        shown: PassShown,
    ) -> Result<()> {
        let sql = "INSERT INTO passes_shown (member_id, reservation_id, user_name, times_ready, shown_at) \
                   VALUES ($1, $2, $3, $4, $5) ON CONFLICT (member_id, reservation_id, user_name) \
                   DO UPDATE SET times_ready = excluded.times_ready, shown_at = excluded.shown_at";
        let values = [member.into(), reservation.into(), user.into(), shown.times_ready.into(), shown.at.into()];
        self.execute_one(sql, &values).await
    }
}
