//! What the home page and the tier need of a member, in one snapshot and one round trip.

use chrono::NaiveDate;
use loyalty::lot::LotState;
use uuid::Uuid;

use crate::database::Reader;
use crate::error::{Error, Result};
use crate::lot::{Lot, Notified};
use crate::member::Member;
use crate::value::Row;

/// Everything about a member that figures are computed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Who she is.
    pub member: Member,
    /// Her purchases, in the order in which the rules count them.
    pub purchases: Vec<CountedPurchase>,
    /// Her lots with points left, soonest-expiring first.
    pub lots: Vec<Lot>,
    /// Her balances.
    pub balances: Balances,
}

/// A purchase, as far as the tier goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedPurchase {
    /// The day it counts on.
    pub on: NaiveDate,
    /// What counts, minor units: what was paid less refunds.
    pub amount: i64,
}

/// Points, by what can be done with them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balances {
    /// Can be spent now.
    pub available: i64,
    /// Locked for reservations.
    pub held: i64,
    /// Not posted yet.
    pub pending: i64,
}

/// One statement is one snapshot on both engines without a transaction around it, which makes one round trip of five. The
/// columns are those of three kinds of rows side by side; the first says which kind.
const OVERVIEW: &str = "\
    SELECT CAST(0 AS BIGINT), card_number, joined_on, name, phone, balance, CAST(0 AS BIGINT), CAST(0 AS BIGINT) \
    FROM members WHERE member_id = $1 \
    UNION ALL \
    SELECT 1, NULL, purchased_on, NULL, NULL, paid - refunded, \
    CASE WHEN posted_at IS NULL THEN points - reversed ELSE 0 END, sequence \
    FROM purchases WHERE member_id = $1 \
    UNION ALL \
    SELECT 2, lot_id, earned_on, expires_on, notified_channel, remaining, held, notified_at \
    FROM lots WHERE member_id = $1 AND remaining > 0";

#[derive(Default)]
struct Rows {
    member: Option<(Member, i64)>,
    purchases: Vec<(i64, CountedPurchase)>,
    lots: Vec<Lot>,
    pending: i64,
}

impl Rows {
    fn add(&mut self, id: Uuid, row: &Row) -> Result<()> {
        match row.get::<i64>(0)? {
            0 => {
                let (card_number, joined_on) = (row.get(1)?, row.get(2)?);
                let member = Member { id, name: row.get(3)?, phone: row.get(4)?, joined_on, card_number };
                self.member = Some((member, row.get(5)?));
            }
            1 => {
                self.purchases.push((row.get(7)?, CountedPurchase { on: row.get(2)?, amount: row.get(5)? }));
                self.pending += row.get::<i64>(6)?;
            }
            _ => {
                let state = LotState {
                    id: row.get(1)?,
                    earned_on: row.get(2)?,
                    expires_on: row.maybe(3)?,
                    points: row.get(5)?,
                    held: row.get(6)?,
                };
                let notified = row.maybe(7)?.zip(row.maybe(4)?).map(|(at, channel)| Notified { at, channel });
                self.lots.push(Lot { state, notified });
            }
        }
        Ok(())
    }
}

impl Reader {
    /// Everything about a member that figures are computed from, in one snapshot.
    pub async fn overview(&mut self, member: Uuid) -> Result<Option<Overview>> {
        let mut rows = Rows::default();
        for row in self.fetch(OVERVIEW, &[member.into()]).await? {
            rows.add(member, &row)?;
        }
        let Some((member, balance)) = rows.member else { return Ok(None) };
        rows.purchases.sort_unstable_by_key(|(sequence, purchase)| (purchase.on, *sequence));
        rows.lots.sort_unstable_by_key(|lot| {
            let state = &lot.state;
            (state.expires_on.is_none(), state.expires_on, state.earned_on, state.id)
        });
        let held = rows.lots.iter().map(|lot| lot.state.held).sum();
        let in_lots: i64 = rows.lots.iter().map(|lot| lot.state.points).sum();
        if in_lots != balance {
            // Better no figure than a wrong one.
            return Err(Error::Defect(format!("lots hold {in_lots} points, the ledger {balance}")));
        }
        Ok(Some(Overview {
            member,
            purchases: rows.purchases.into_iter().map(|(_, purchase)| purchase).collect(),
            lots: rows.lots,
            balances: Balances { available: balance - held, held, pending: rows.pending },
        }))
    }
}
