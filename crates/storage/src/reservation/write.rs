//! What every act on a reservation has in common: the locks before it, and the one statement that changes a reservation.

use chrono::{DateTime, Utc};
use loyalty::Programme;
use loyalty::reservation::{Event, Settlement, State, Step};
use uuid::Uuid;

use super::event::Telling;
use super::{Actor, Clerk, Offer, Reservation, reservation, select};
use crate::database::Transaction;
use crate::error::Result;
use crate::stock::{Place, Places};

/// A reservation that nobody else can change now, and the places of its units.
pub(super) struct Taken {
    pub(super) reservation: Reservation,
    pub(super) places: Places,
    /// The instant to act with.
    pub(super) now: DateTime<Utc>,
}

/// What a step changes beside how far the reservation has come.
pub(super) struct Change<'a> {
    pub(super) by: Actor<'a>,
    pub(super) counter: Option<Uuid>,
    pub(super) variant: Option<Uuid>,
    pub(super) offer: Option<Offer>,
    pub(super) pickup: Option<(i64, String)>,
    pub(super) note: Option<&'a str>,
}

impl<'a> Change<'a> {
    pub(super) fn by(by: Actor<'a>) -> Self {
        Self { by, counter: None, variant: None, offer: None, pickup: None, note: None }
    }
}

impl Reservation {
    pub(super) fn place(&self) -> Place {
        (self.counter, self.variant)
    }

    /// Whether it is this person's business.
    pub(super) fn concerns(&self, clerk: Clerk<'_>) -> bool {
        clerk.counter.is_none_or(|counter| counter == self.counter)
    }
}

impl Transaction {
    /// Locks the member and reads the reservation; what it says holds until the transaction ends.
    pub(super) async fn take_member(&mut self, member: Uuid, id: Uuid) -> Result<Option<Reservation>> {
        if !self.lock_member(member).await? {
            return Ok(None);
        }
        let sql = select!("FROM reservations r WHERE r.member_id = $1 AND r.reservation_id = $2");
        self.fetch_one(sql, &[member.into(), id.into()]).await?.as_ref().map(reservation).transpose()
    }

    /// The same, and then locks the places of its unit and of those that `also` names.
    pub(super) async fn take(
        &mut self,
        member: Uuid,
        id: Uuid,
        also: impl FnOnce(&Reservation) -> Option<Place>,
        now: DateTime<Utc>,
    ) -> Result<Option<Taken>> {
        let Some(reservation) = self.take_member(member, id).await? else { return Ok(None) };
        let mut needed = vec![reservation.place()];
        needed.extend(also(&reservation));
        let places = self.lock_places(&mut needed, now).await?;
        let now = places.now;
        Ok(Some(Taken { reservation, places, now }))
    }

    /// Carries a step out: the reservation, its code, its points, its history. Units are held by what the reservation says and
    /// move with it; what leaves the shelf or comes back to it is the caller's.
    pub(super) async fn carry_out(
        &mut self,
        before: Reservation,
        step: Step,
        change: Change<'_>,
        programme: &Programme,
        now: DateTime<Utc>,
    ) -> Result<Reservation> {
        let told_variant = match step.event {
            Event::ExchangeOffered => change.offer.as_ref().map(|offer| offer.variant),
            Event::ExchangeDeclined => before.offer.as_ref().map(|offer| offer.variant),
            _ => None,
        };
        if let Some(code_hash) = before.code_hash.as_deref().filter(|_| step.after.state != State::Ready) {
            self.close_pickup(before.counter, code_hash).await?;
        }
        let (times_ready, ready_at, code_hash) = match change.pickup {
            Some((number, code_hash)) => (number, Some(now), Some(code_hash)),
            None => {
                let code_hash = before.code_hash.clone().filter(|_| step.after.state == State::Ready);
                (before.times_ready, before.ready_at, code_hash)
            }
        };
        let after = Reservation {
            revision: before.revision + 1,
            variant: change.variant.unwrap_or(before.variant),
            counter: change.counter.unwrap_or(before.counter),
            progress: step.after,
            times_ready,
            ready_at,
            late_at: step.after.late_noted.then(|| before.late_at.unwrap_or(now)),
            ended_at: if step.after.state.is_open() { None } else { before.ended_at.or(Some(now)) },
            offer: change.offer.or_else(|| before.offer.clone()).filter(|_| step.after.offer_until.is_some()),
            code_hash,
            ..before.clone()
        };
        self.update_reservation(&before, &after).await?;
        match step.settlement {
            Settlement::Unchanged => {}
            Settlement::Released => self.release_points(&after, programme, now).await?,
            Settlement::Spent => self.spend_points(&after, programme, now).await?,
        }
        let variant = told_variant.unwrap_or(after.variant);
        self.tell(&after, Telling { what: step.event, by: change.by, variant, note: change.note }, now).await?;
        Ok(after)
    }

    /// Guarded by what was read under the lock: if it is not that any more, it is a defect and nothing lasts.
    async fn update_reservation(&mut self, before: &Reservation, after: &Reservation) -> Result<()> {
        let sql = "UPDATE reservations SET revision = $5, variant_id = $6, counter_id = $7, state = $8, ready_by = $9, \
                   hold_until = $10, extensions = $11, times_ready = $12, ready_at = $13, code_hash = $14, late_at = $15, \
                   ended_at = $16, exchange_variant = $17, exchange_until = $18, exchange_by = $19 \
                   WHERE member_id = $1 AND reservation_id = $2 AND state = $3 AND revision = $4";
        let progress = &after.progress;
        let offer = after.offer.as_ref();
        let values = [
            before.member.into(),
            before.id.into(),
            before.progress.state.as_str().into(),
            before.revision.into(),
            after.revision.into(),
            after.variant.into(),
            after.counter.into(),
            progress.state.as_str().into(),
            progress.ready_by.into(),
            progress.hold_until.into(),
            i64::from(progress.extensions).into(),
            after.times_ready.into(),
            after.ready_at.into(),
            (&after.code_hash).into(),
            after.late_at.into(),
            after.ended_at.into(),
            offer.map(|offer| offer.variant).into(),
            offer.map(|offer| offer.until).into(),
            offer.map(|offer| offer.by.as_str()).into(),
        ];
        self.execute_one(sql, &values).await
    }
}
