//! Making a reservation.

use chrono::{DateTime, Utc};
use loyalty::Programme;
use loyalty::lot::{LotState, Shortfall, allocate};
use loyalty::reservation::{Event, Progress, State};
use uuid::Uuid;

use super::event::Telling;
use super::{Actor, Reservation};
use crate::database::{Reader, Transaction};
use crate::error::Result;

/// A reservation to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewReservation<'a> {
    /// UUIDv7; also the identifier of the ledger entry that it may become.
    pub id: Uuid,
    /// Which variant.
    pub variant: Uuid,
    /// At which counter.
    pub counter: Uuid,
    /// Who makes it: she herself, or the staff for her.
    pub by: Actor<'a>,
}

/// What came of it. Only [`Reserving::Reserved`] locks anything; after the others a transaction is still good, and may have
/// ended holds of hers whose time had run out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "made once and taken apart at once; nobody keeps many of them")]
pub enum Reserving {
    /// Points and unit are hers.
    Reserved {
        /// How it stands.
        reservation: Reservation,
        /// Holds of hers whose time had run out and that were ended first: she is to hear of them.
        expired: Vec<Reservation>,
    },
    /// No unit is free there.
    OutOfStock,
    /// Not enough points.
    InsufficientPoints {
        /// How many more it would take.
        missing: i64,
    },
    /// She has had as many of this gift as one member may have.
    GiftLimit,
    /// She has as many reservations open as one member may have.
    OpenLimit,
    /// No such member or variant.
    NotFound,
}

impl Reader {
    /// How many of each gift she has or has had: what is open and what was collected.
    pub async fn gifts_had(&mut self, member: Uuid, now: DateTime<Utc>) -> Result<Vec<(Uuid, i64)>> {
        let sql = "SELECT gift_id, COUNT(*) FROM reservations WHERE member_id = $1 \
                   AND (state = 'collected' OR (state IN ('held', 'ready') AND hold_until > $2)) \
                   GROUP BY gift_id ORDER BY gift_id";
        let rows = self.fetch(sql, &[member.into(), now.into()]).await?;
        rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
    }
}

impl Transaction {
    /// Locks points and a unit, all or nothing: the points of soonest-expiring lots first. Whether her tier is high enough for
    /// the gift is the caller's to know, who locks her for that before.
    pub async fn reserve(
        &mut self,
        member: Uuid,
        new: &NewReservation<'_>,
        programme: &Programme,
        now: DateTime<Utc>,
    ) -> Result<Reserving> {
        let Some((gift, points, most)) = self.price_of(new.variant).await? else { return Ok(Reserving::NotFound) };
        let Some(sequence) = self.next_sequence(member).await? else { return Ok(Reserving::NotFound) };
        let mut expired = Vec::new();
        let sql = "SELECT COALESCE(SUM(CASE WHEN hold_until <= $3 THEN 1 ELSE 0 END), 0), \
                   COALESCE(SUM(CASE WHEN hold_until > $3 THEN 1 ELSE 0 END), 0), \
                   (SELECT COUNT(*) FROM reservations h WHERE h.member_id = $1 AND h.gift_id = $2 AND (h.state = 'collected' \
                   OR (h.state IN ('held', 'ready') AND h.hold_until > $3))) \
                   FROM reservations WHERE member_id = $1 AND state IN ('held', 'ready')";
        if let Some(row) = self.fetch_one(sql, &[member.into(), gift.into(), now.into()]).await? {
            let (overdue, open, had): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if overdue > 0 {
                // Their points are hers again, though nobody has swept; the check of the lots does not know of deadlines.
                expired = self.expire_overdue(member, programme, now).await?;
            }
            if open >= i64::from(programme.reservation.open_limit) {
                return Ok(Reserving::OpenLimit);
            }
            if most.is_some_and(|most| had >= most) {
                return Ok(Reserving::GiftLimit);
            }
        }
        let lots: Vec<LotState<Uuid>> = self.stored_lots(member).await?.iter().map(|lot| lot.state).collect();
        let takings = match allocate(&lots, points) {
            Ok(takings) => takings,
            Err(Shortfall { missing }) => return Ok(Reserving::InsufficientPoints { missing }),
        };
        // The place last: others wait for it, and nobody waits for what she alone can be refused for.
        let place = (new.counter, new.variant);
        let places = self.lock_places(&mut [place], now).await?;
        if !self.has_free(&places, place).await? {
            return Ok(Reserving::OutOfStock);
        }
        let now = places.now;
        let reservation = Reservation {
            id: new.id,
            member,
            sequence,
            revision: 1,
            gift,
            variant: new.variant,
            counter: new.counter,
            points,
            progress: Progress::start(programme, now),
            made_at: now,
            times_ready: 0,
            ready_at: None,
            late_at: None,
            ended_at: None,
            offer: None,
            code_hash: None,
        };
        self.insert_reservation(&reservation).await?;
        self.hold_points(&reservation, &takings).await?;
        let telling = Telling { what: Event::Held, by: new.by, variant: new.variant, note: None };
        self.tell(&reservation, telling, now).await?;
        Ok(Reserving::Reserved { reservation, expired })
    }

    async fn insert_reservation(&mut self, new: &Reservation) -> Result<()> {
        let sql = "INSERT INTO reservations (member_id, reservation_id, sequence, revision, gift_id, variant_id, counter_id, \
                   points, state, made_at, ready_by, hold_until, extensions, times_ready) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0)";
        let values = [
            new.member.into(),
            new.id.into(),
            new.sequence.into(),
            new.revision.into(),
            new.gift.into(),
            new.variant.into(),
            new.counter.into(),
            new.points.into(),
            State::Held.as_str().into(),
            new.made_at.into(),
            new.progress.ready_by.into(),
            new.progress.hold_until.into(),
        ];
        self.execute_one(sql, &values).await
    }
}
