//! Lots: points earned together, with one expiry date.

use chrono::{DateTime, NaiveDate, Utc};
use loyalty::lot::{LotState, Taking};
use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::{Error, Result};
use crate::value::{Row, Value};

/// A lot with points left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// What the rules need to know of it.
    pub state: LotState<Uuid>,
    /// Whether and how she was told of its date.
    pub notified: Option<Notified>,
}

/// She was told, then and there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notified {
    /// When it was delivered or seen.
    pub at: DateTime<Utc>,
    /// `portal`, `sms`, `email` or `wechat`.
    pub channel: String,
}

fn lot(row: &Row) -> Result<Lot> {
    let state = LotState {
        id: row.get(0)?,
        earned_on: row.get(1)?,
        expires_on: row.maybe(2)?,
        points: row.get(3)?,
        held: row.get(4)?,
    };
    let notified = row.maybe(5)?.zip(row.maybe(6)?).map(|(at, channel)| Notified { at, channel });
    Ok(Lot { state, notified })
}

impl Reader {
    /// Every lot with points left, soonest-expiring first, those that never expire last. Points of holds whose time has run out
    /// are held no more, though nobody has ended them; and what she was told of such a lot is not reported, because it is
    /// about to be forgotten.
    pub async fn lots(&mut self, member: Uuid, now: DateTime<Utc>) -> Result<Vec<Lot>> {
        let sql = "SELECT l.lot_id, l.earned_on, l.expires_on, l.remaining, l.held - COALESCE(o.points, 0), \
                   CASE WHEN o.points IS NULL THEN l.notified_at END, l.notified_channel FROM lots l LEFT JOIN \
                   (SELECT x.lot_id, CAST(SUM(x.points) AS BIGINT) AS points FROM reservations r CROSS JOIN reservation_lots x \
                   WHERE x.member_id = r.member_id AND x.reservation_id = r.reservation_id AND r.member_id = $1 AND r.state IN ('held', 'ready') AND r.hold_until <= $2 GROUP BY x.lot_id) o \
                   ON o.lot_id = l.lot_id WHERE l.member_id = $1 AND l.remaining > 0 \
                   ORDER BY l.expires_on IS NULL, l.expires_on, l.earned_on, l.lot_id";
        self.fetch(sql, &[member.into(), now.into()]).await?.iter().map(lot).collect()
    }

    /// The same as it is stored: for writes, which can only take what no hold has, and so find a hold that ran out and was not
    /// ended yet still in the way.
    pub(crate) async fn stored_lots(&mut self, member: Uuid) -> Result<Vec<Lot>> {
        let sql = "SELECT lot_id, earned_on, expires_on, remaining, held, notified_at, notified_channel FROM lots \
                   WHERE member_id = $1 AND remaining > 0 ORDER BY expires_on IS NULL, expires_on, earned_on, lot_id";
        self.fetch(sql, &[member.into()]).await?.iter().map(lot).collect()
    }
}

pub(crate) const INSERT_LOTS: &str =
    "INSERT INTO lots (member_id, lot_id, earned_on, expires_on, points, remaining, held) VALUES";
pub(crate) const LOT_COLUMNS: usize = 7;

pub(crate) fn lot_values<'v>(
    member: Uuid,
    id: Uuid,
    earned_on: NaiveDate,
    expires_on: Option<NaiveDate>,
    points: i64,
) -> [Value<'v>; LOT_COLUMNS] {
    [member.into(), id.into(), earned_on.into(), expires_on.into(), points.into(), points.into(), 0.into()]
}

impl Transaction {
    /// Takes points out of lots; whoever calls this adds an entry of as many.
    pub(crate) async fn take_from_lots(&mut self, member: Uuid, takings: &[Taking<Uuid>]) -> Result<()> {
        for taking in takings {
            let sql = "UPDATE lots SET remaining = remaining - $3 \
                       WHERE member_id = $1 AND lot_id = $2 AND remaining - held >= $3";
            let written = self.execute(sql, &[member.into(), taking.lot.into(), taking.points.into()]).await?;
            if written != 1 {
                return Err(Error::Defect("points were taken that are not in the lot".to_owned()));
            }
        }
        Ok(())
    }
}
