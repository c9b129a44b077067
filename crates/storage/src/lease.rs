//! Leases: any number of servers may run the jobs, one at a time does each.

use chrono::{DateTime, Utc};

use crate::database::Transaction;
use crate::error::Result;

impl Transaction {
    /// Takes or prolongs the lease of a job; `false` if somebody else has it and it has not run out.
    ///
    /// One that ends later than two lives from now was taken by a clock that was ahead, by a day perhaps and in a server that is
    /// gone: nobody waits for that. Two lives and not one, or else two servers whose clocks differ by a breath would take a lease
    /// out of one another's hands.
    pub async fn take_lease(
        &mut self,
        job: &str,
        holder: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<bool> {
        let sql = "INSERT INTO leases (job, holder, until) VALUES ($1, $2, $4) \
                   ON CONFLICT (job) DO UPDATE SET holder = excluded.holder, until = excluded.until \
                   WHERE leases.holder = excluded.holder OR leases.until <= $3 OR leases.until > $5 RETURNING holder";
        let unlikely = until + (until - now);
        let values = [job.into(), holder.into(), now.into(), until.into(), unlikely.into()];
        Ok(self.fetch_one(sql, &values).await?.is_some())
    }

    /// Gives the lease of a job back, if it is the holder's.
    pub async fn release_lease(&mut self, job: &str, holder: &str) -> Result<bool> {
        let sql = "DELETE FROM leases WHERE job = $1 AND holder = $2";
        Ok(self.execute(sql, &[job.into(), holder.into()]).await? == 1)
    }
}
