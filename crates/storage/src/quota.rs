//! Quotas: at most so often in a period. Codes to a number in a day, from an address in an hour, by everybody in a day.

use chrono::{DateTime, Utc};

use crate::database::Transaction;
use crate::error::Result;

impl Transaction {
    /// Takes one from the quota `limit` of this scope in this period, in one statement, so that no storm of requests gets
    /// past it. How many are used now, or `None` if none was left. `scope` and `period` are the caller's names
    /// (`phone:…`, `2026-11-22`); what they name may be forgotten after `expires_at`.
    pub async fn take_quota(
        &mut self,
        scope: &str,
        period: &str,
        limit: u32,
        expires_at: DateTime<Utc>,
    ) -> Result<Option<i64>> {
        if limit == 0 {
            return Ok(None);
        }
        let sql = "INSERT INTO quotas (scope, period, used, expires_at) VALUES ($1, $2, 1, $4) \
                   ON CONFLICT (scope, period) DO UPDATE SET used = quotas.used + 1 WHERE quotas.used < $3 RETURNING used";
        let values = [scope.into(), period.into(), i64::from(limit).into(), expires_at.into()];
        self.fetch_one(sql, &values).await?.map(|row| row.get(0)).transpose()
    }

    /// Gives one back that was taken for what turned out not to count.
    pub async fn give_back_quota(&mut self, scope: &str, period: &str) -> Result<()> {
        let sql = "UPDATE quotas SET used = used - 1 WHERE scope = $1 AND period = $2 AND used > 0";
        self.execute(sql, &[scope.into(), period.into()]).await.map(drop)
    }
}
