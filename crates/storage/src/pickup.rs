//! Pick-up codes: whose pass is this? Only a keyed hash of a code is stored, under the counter it is good at, and only while it
//! is good.

use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::{Error, Result};

/// How many codes are tried before giving up; two alike at one counter are one in a hundred thousand million.
const CODES: i64 = 5;

impl Reader {
    /// Whose pass has this code at this counter: member and reservation. Whether it is still good says the reservation's
    /// state now.
    pub async fn pickup(&mut self, counter: Uuid, code_hash: &str) -> Result<Option<(Uuid, Uuid)>> {
        let sql = "SELECT member_id, reservation_id FROM pickups WHERE counter_id = $1 AND code_hash = $2";
        let row = self.fetch_one(sql, &[counter.into(), code_hash.into()]).await?;
        row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
    }
}

impl Transaction {
    /// Makes the first of a reservation's codes after the number `times` good that nobody else at the counter has: its number
    /// and its hash.
    pub(crate) async fn open_pickup(
        &mut self,
        counter: Uuid,
        (member, reservation): (Uuid, Uuid),
        times: i64,
        code_hash: &(dyn Fn(i64) -> String + Sync),
    ) -> Result<(i64, String)> {
        let sql = "INSERT INTO pickups (counter_id, code_hash, member_id, reservation_id) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (counter_id, code_hash) DO NOTHING";
        for number in times + 1..=times + CODES {
            let hash = code_hash(number);
            let values = [counter.into(), (&hash).into(), member.into(), reservation.into()];
            if self.execute(sql, &values).await? == 1 {
                return Ok((number, hash));
            }
        }
        Err(Error::Defect("every pick-up code is taken".to_owned()))
    }

    /// Ends a code.
    pub(crate) async fn close_pickup(&mut self, counter: Uuid, code_hash: &str) -> Result<()> {
        let sql = "DELETE FROM pickups WHERE counter_id = $1 AND code_hash = $2";
        self.execute_one(sql, &[counter.into(), code_hash.into()]).await
    }
}
