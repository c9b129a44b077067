//! Exchanges: another variant of the same gift. The staff offers, and only her word changes anything.

use chrono::{DateTime, Utc};
use loyalty::Programme;
use loyalty::reservation::{Act, MemberAct, Refusal, StaffAct, State};
use uuid::Uuid;

use super::write::{Change, Taken};
use super::{Acted, Actor, Clerk, Offer, Reservation};
use crate::database::Transaction;
use crate::error::Result;

impl Transaction {
    /// Offers her another variant, before or after she took the first; one unit of it is held while the offer waits.
    pub async fn offer_exchange(
        &mut self,
        member: Uuid,
        id: Uuid,
        clerk: Clerk<'_>,
        variant: Uuid,
        programme: &Programme,
        now: DateTime<Utc>,
    ) -> Result<Acted> {
        let other = |reservation: &Reservation| Some((reservation.counter, variant));
        let Some(taken) = self.take(member, id, other, now).await? else { return Ok(Acted::NotFound) };
        let Taken { reservation, places, now } = taken;
        if !reservation.concerns(clerk) {
            return Ok(Acted::NotFound);
        }
        let step = match reservation.progress.act(Act::Staff(StaffAct::OfferExchange), programme, now) {
            Ok(step) => step,
            Err(refusal) => return Ok(Acted::Refused(refusal, reservation)),
        };
        let gift = self.price_of(variant).await?.map(|(gift, ..)| gift);
        if variant == reservation.variant || gift != Some(reservation.gift) {
            return Ok(Acted::Refused(Refusal::NoExchange, reservation));
        }
        if !self.has_free(&places, (reservation.counter, variant)).await? {
            return Ok(Acted::OutOfStock);
        }
        let by = clerk.name.to_owned();
        let offer = step.after.offer_until.map(|until| Offer { variant, until, by });
        let change = Change { offer, ..Change::by(Actor::Staff(clerk.name)) };
        self.carry_out(reservation, step, change, programme, now).await.map(Acted::Done)
    }

    /// She takes the other variant, or keeps things as they are. `seen` is the variant she was shown, if that is known: a tap
    /// on an old page must not take another one than it shows. After pick-up the two units change places on the shelf.
    pub async fn answer_exchange(
        &mut self,
        member: Uuid,
        id: Uuid,
        take: bool,
        seen: Option<Uuid>,
        programme: &Programme,
        now: DateTime<Utc>,
    ) -> Result<Acted> {
        let offered = |of: &Reservation| of.offer.as_ref().map(|offer| (of.counter, offer.variant));
        let Some(taken) = self.take(member, id, offered, now).await? else { return Ok(Acted::NotFound) };
        let Taken { reservation, now, .. } = taken;
        let act = if take { MemberAct::TakeExchange } else { MemberAct::DeclineExchange };
        let step = match reservation.progress.act(Act::Member(act), programme, now) {
            Ok(step) => step,
            Err(refusal) => return Ok(Acted::Refused(refusal, reservation)),
        };
        let variant = reservation.offer.as_ref().map(|offer| offer.variant);
        if seen.is_some() && seen != variant {
            return Ok(Acted::Refused(Refusal::NoOffer, reservation));
        }
        let variant = variant.filter(|_| take);
        if let Some(variant) = variant.filter(|_| step.from == State::Collected) {
            self.hand_over((reservation.counter, variant)).await?;
            self.take_back(reservation.place()).await?;
        }
        let change = Change { variant, ..Change::by(Actor::Member) };
        self.carry_out(reservation, step, change, programme, now).await.map(Acted::Done)
    }
}
