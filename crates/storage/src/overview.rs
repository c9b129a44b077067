//! What the home page and the tier need of a member, in one snapshot and one round trip.

use chrono::{DateTime, NaiveDate, Utc};
use loyalty::lot::LotState;
use loyalty::reservation::State;
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
    /// Her open reservations, those with the earliest deadline first.
    pub reservations: Vec<OpenReservation>,
}

/// An open reservation, as far as the home page goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenReservation {
    /// Its identifier.
    pub id: Uuid,
    /// `Held` or `Ready`.
    pub state: State,
    /// The counter has to have confirmed by then.
    pub ready_by: DateTime<Utc>,
    /// Points and unit are hers until then.
    pub hold_until: DateTime<Utc>,
    /// The gift's name and the counter's, by language.
    pub names: Vec<(String, String, String)>,
}

impl OpenReservation {
    /// Whether the counter should have confirmed and has not.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        self.state == State::Held && now > self.ready_by
    }

    /// The gift's name and the counter's in this language, or else in any.
    pub fn names(&self, language: &str) -> (&str, &str) {
        let names = self.names.iter().find(|(known, ..)| known == language).or_else(|| self.names.first());
        names.map_or(("", ""), |(_, gift, counter)| (gift, counter))
    }
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

/// One statement is one snapshot on both engines without a transaction around it, which makes one round trip of eight. The
/// columns are those of five kinds of rows side by side; the first says which kind. Open reservations come once for each
/// language; those whose time has run out come as the points of lots that are held no more.
const OVERVIEW: &str = "\
    SELECT CAST(0 AS BIGINT), card_number, joined_on, name, phone, balance, CAST(0 AS BIGINT), CAST(0 AS BIGINT) \
    FROM members WHERE member_id = $1 \
    UNION ALL \
    SELECT 1, NULL, purchased_on, NULL, NULL, paid - refunded, \
    CASE WHEN posted_at IS NULL THEN points - reversed ELSE 0 END, sequence \
    FROM purchases WHERE member_id = $1 \
    UNION ALL \
    SELECT 2, lot_id, earned_on, expires_on, notified_channel, remaining, held, notified_at \
    FROM lots WHERE member_id = $1 AND remaining > 0 \
    UNION ALL \
    SELECT 3, r.reservation_id, g.language, g.name, c.name, CASE WHEN r.state = 'ready' THEN 1 ELSE 0 END, r.ready_by, \
    r.hold_until FROM reservations r LEFT JOIN gift_texts g ON g.gift_id = r.gift_id \
    LEFT JOIN counter_texts c ON c.counter_id = r.counter_id AND c.language = g.language \
    WHERE r.member_id = $1 AND r.state IN ('held', 'ready') AND r.hold_until > $2 \
    UNION ALL \
    SELECT 4, x.lot_id, NULL, NULL, NULL, x.points, NULL, NULL FROM reservations r CROSS JOIN reservation_lots x \
    WHERE x.member_id = r.member_id AND x.reservation_id = r.reservation_id AND r.member_id = $1 AND r.state IN ('held', 'ready') AND r.hold_until <= $2";

#[derive(Default)]
struct Rows {
    member: Option<(Member, i64)>,
    purchases: Vec<(i64, CountedPurchase)>,
    lots: Vec<Lot>,
    reservations: Vec<OpenReservation>,
    overdue: Vec<(Uuid, i64)>,
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
            2 => {
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
            3 => self.add_reservation(row)?,
            _ => self.overdue.push((row.get(1)?, row.get(5)?)),
        }
        Ok(())
    }

    fn add_reservation(&mut self, row: &Row) -> Result<()> {
        let id = row.get(1)?;
        let text = |column| Ok::<_, Error>(row.maybe::<String>(column)?.unwrap_or_default());
        let names = (text(2)?, text(3)?, text(4)?);
        if let Some(known) = self.reservations.iter_mut().find(|known| known.id == id) {
            known.names.push(names);
            return Ok(());
        }
        let state = if row.get::<i64>(5)? == 1 { State::Ready } else { State::Held };
        let (ready_by, hold_until) = (row.get(6)?, row.get(7)?);
        self.reservations.push(OpenReservation { id, state, ready_by, hold_until, names: vec![names] });
        Ok(())
    }

    /// Holds whose time has run out hold nothing, though nobody has ended them; and what she was told of those lots does not
    /// stand any more.
    fn release_overdue(&mut self) {
        for (id, points) in &self.overdue {
            for lot in self.lots.iter_mut().filter(|lot| lot.state.id == *id) {
                lot.state.held -= points;
                lot.notified = None;
            }
        }
    }
}

impl Reader {
    /// Everything about a member that figures are computed from, in one snapshot, as it stands at that instant.
    pub async fn overview(&mut self, member: Uuid, now: DateTime<Utc>) -> Result<Option<Overview>> {
        let mut rows = Rows::default();
        for row in self.fetch(OVERVIEW, &[member.into(), now.into()]).await? {
            rows.add(member, &row)?;
        }
        rows.release_overdue();
        let Some((member, balance)) = rows.member else { return Ok(None) };
        rows.purchases.sort_unstable_by_key(|(sequence, purchase)| (purchase.on, *sequence));
        rows.lots.sort_unstable_by_key(|lot| {
            let state = &lot.state;
            (state.expires_on.is_none(), state.expires_on, state.earned_on, state.id)
        });
        let earliest = |of: &OpenReservation| if of.state == State::Held { of.ready_by } else { of.hold_until };
        rows.reservations.sort_unstable_by_key(|reservation| (earliest(reservation), reservation.id));
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
            reservations: rows.reservations,
        }))
    }
}
