//! What a member, the staff and the clock do to a reservation; exchanges stand in a file of their own.

use chrono::{DateTime, Utc};
use loyalty::Programme;
use loyalty::reservation::{Act, ClockAct, MemberAct, Refusal, StaffAct};
use uuid::Uuid;

use super::write::{Change, Taken};
use super::{Acted, Actor, Clerk, Reservation};
use crate::database::Transaction;
use crate::error::Result;

impl Transaction {
    /// The unit was scanned (`scanned` is its variant) and put aside: her pass turns green. `code_hash` makes the keyed hash of
    /// the reservation's pick-up code with a given number; which number it came to is
    /// [`times_ready`](Reservation::times_ready).
    #[expect(clippy::too_many_arguments, reason = "each is what it is; a bag of them would be made here alone")]
    pub async fn make_ready(
        &mut self,
        member: Uuid,
        id: Uuid,
        clerk: Clerk<'_>,
        scanned: Uuid,
        code_hash: &(dyn Fn(i64) -> String + Sync),
        programme: &Programme,
        now: DateTime<Utc>,
    ) -> Result<Acted> {
        let Some(taken) = self.take(member, id, |_| None, now).await? else { return Ok(Acted::NotFound) };
        let Taken { reservation, now, .. } = taken;
        if !reservation.concerns(clerk) {
            return Ok(Acted::NotFound);
        }
        let step = match reservation.progress.act(Act::Staff(StaffAct::MakeReady), programme, now) {
            Ok(step) => step,
            Err(refusal) => return Ok(Acted::Refused(refusal, reservation)),
        };
        if scanned != reservation.variant {
            return Ok(Acted::WrongUnit(reservation));
        }
        let whose = (member, id);
        let pickup = self.open_pickup(reservation.counter, whose, reservation.times_ready, code_hash).await?;
        let change = Change { pickup: Some(pickup), ..Change::by(Actor::Staff(clerk.name)) };
        self.carry_out(reservation, step, change, programme, now).await.map(Acted::Done)
    }

    /// The unit was scanned (`scanned` is its variant) and handed over: the points are spent, the unit is hers.
    pub async fn collect(
        &mut self,
        member: Uuid,
        id: Uuid,
        clerk: Clerk<'_>,
        scanned: Uuid,
        programme: &Programme,
        now: DateTime<Utc>,
    ) -> Result<Acted> {
        let Some(taken) = self.take(member, id, |_| None, now).await? else { return Ok(Acted::NotFound) };
        let Taken { reservation, now, .. } = taken;
        if !reservation.concerns(clerk) {
            return Ok(Acted::NotFound);
        }
        let step = match reservation.progress.act(Act::Staff(StaffAct::Collect), programme, now) {
            Ok(step) => step,
            Err(refusal) => return Ok(Acted::Refused(refusal, reservation)),
        };
        if scanned != reservation.variant {
            return Ok(Acted::WrongUnit(reservation));
        }
        self.hand_over(reservation.place()).await?;
        let change = Change::by(Actor::Staff(clerk.name));
        self.carry_out(reservation, step, change, programme, now).await.map(Acted::Done)
    }

    /// The counter can't keep it: points and unit are back at once. She reads the reason.
    pub async fn fail(
        &mut self,
        member: Uuid,
        id: Uuid,
        clerk: Clerk<'_>,
        reason: &str,
        programme: &Programme,
        now: DateTime<Utc>,
    ) -> Result<Acted> {
        let Some(taken) = self.take(member, id, |_| None, now).await? else { return Ok(Acted::NotFound) };
        if !taken.reservation.concerns(clerk) {
            return Ok(Acted::NotFound);
        }
        let change = Change { note: Some(reason), ..Change::by(Actor::Staff(clerk.name)) };
        self.plainly(taken, Act::Staff(StaffAct::Fail), change, programme).await
    }

    /// She gives it up: points and unit are back at once.
    pub async fn cancel(&mut self, member: Uuid, id: Uuid, programme: &Programme, now: DateTime<Utc>) -> Result<Acted> {
        let Some(taken) = self.take(member, id, |_| None, now).await? else { return Ok(Acted::NotFound) };
        self.plainly(taken, Act::Member(MemberAct::Cancel), Change::by(Actor::Member), programme).await
    }

    /// She has it held longer.
    pub async fn extend(&mut self, member: Uuid, id: Uuid, programme: &Programme, now: DateTime<Utc>) -> Result<Acted> {
        let Some(taken) = self.take(member, id, |_| None, now).await? else { return Ok(Acted::NotFound) };
        self.plainly(taken, Act::Member(MemberAct::Extend), Change::by(Actor::Member), programme).await
    }

    /// She has it at another counter: a unit is held there, and the one here is free.
    pub async fn move_to(
        &mut self,
        member: Uuid,
        id: Uuid,
        counter: Uuid,
        programme: &Programme,
        now: DateTime<Utc>,
    ) -> Result<Acted> {
        let there = |reservation: &Reservation| Some((counter, reservation.variant));
        let Some(taken) = self.take(member, id, there, now).await? else { return Ok(Acted::NotFound) };
        let Taken { reservation, places, now } = taken;
        let step = match reservation.progress.act(Act::Member(MemberAct::Move), programme, now) {
            Ok(step) => step,
            Err(refusal) => return Ok(Acted::Refused(refusal, reservation)),
        };
        if counter == reservation.counter {
            return Ok(Acted::Refused(Refusal::SameCounter, reservation));
        }
        if !self.has_free(&places, (counter, reservation.variant)).await? {
            return Ok(Acted::OutOfStock);
        }
        let change = Change { counter: Some(counter), ..Change::by(Actor::Member) };
        self.carry_out(reservation, step, change, programme, now).await.map(Acted::Done)
    }

    /// Its time has run out: points and unit are back. The unit has been since that instant, so its place is not locked.
    pub async fn expire(&mut self, member: Uuid, id: Uuid, programme: &Programme, now: DateTime<Utc>) -> Result<Acted> {
        self.by_clock(member, id, ClockAct::Expire, programme, now).await
    }

    /// The counter has not confirmed in time, and she is told of it: once.
    pub async fn note_late(
        &mut self,
        member: Uuid,
        id: Uuid,
        programme: &Programme,
        now: DateTime<Utc>,
    ) -> Result<Acted> {
        self.by_clock(member, id, ClockAct::NoteLate, programme, now).await
    }

    /// Ends every hold of hers whose time has run out; those it ended. [`Transaction::reserve`] does so by itself.
    pub async fn expire_overdue(
        &mut self,
        member: Uuid,
        programme: &Programme,
        now: DateTime<Utc>,
    ) -> Result<Vec<Reservation>> {
        self.lock_member(member).await?;
        let sql = "SELECT reservation_id FROM reservations \
                   WHERE member_id = $1 AND state IN ('held', 'ready') AND hold_until <= $2 ORDER BY sequence";
        let mut expired = Vec::new();
        for row in self.fetch(sql, &[member.into(), now.into()]).await? {
            if let Acted::Done(reservation) = self.expire(member, row.get(0)?, programme, now).await? {
                expired.push(reservation);
            }
        }
        Ok(expired)
    }

    async fn by_clock(
        &mut self,
        member: Uuid,
        id: Uuid,
        act: ClockAct,
        programme: &Programme,
        now: DateTime<Utc>,
    ) -> Result<Acted> {
        let Some(reservation) = self.take_member(member, id).await? else { return Ok(Acted::NotFound) };
        match reservation.progress.act(Act::Clock(act), programme, now) {
            Ok(step) => {
                let change = Change::by(Actor::Clock);
                self.carry_out(reservation, step, change, programme, now).await.map(Acted::Done)
            }
            Err(refusal) => Ok(Acted::Refused(refusal, reservation)),
        }
    }

    /// An act that the rules alone decide on.
    async fn plainly(&mut self, taken: Taken, act: Act, change: Change<'_>, programme: &Programme) -> Result<Acted> {
        let Taken { reservation, now, .. } = taken;
        match reservation.progress.act(act, programme, now) {
            Ok(step) => self.carry_out(reservation, step, change, programme, now).await.map(Acted::Done),
            Err(refusal) => Ok(Acted::Refused(refusal, reservation)),
        }
    }
}
