//! Forgetting what has run out.

use chrono::{DateTime, Utc};

use crate::database::Transaction;
use crate::error::Result;

impl Transaction {
    /// Removes sessions, challenges, bindings, quotas and saved answers that ended before `now`; how many.
    pub async fn purge(&mut self, now: DateTime<Utc>) -> Result<u64> {
        let mut removed = 0;
        for sql in [
            "DELETE FROM sessions WHERE expires_at <= $1",
            "DELETE FROM challenges WHERE expires_at <= $1",
            "DELETE FROM wechat_bindings WHERE expires_at <= $1",
            "DELETE FROM quotas WHERE expires_at <= $1",
            "DELETE FROM idempotency WHERE keep_until <= $1",
        ] {
            removed += self.execute(sql, &[now.into()]).await?;
        }
        Ok(removed)
    }
}
