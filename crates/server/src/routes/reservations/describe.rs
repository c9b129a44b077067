//! Reservations as they travel, to a member and to the staff.

use std::collections::HashMap;

use catalogue::Locale;
use chrono::{DateTime, Utc};
use contract::counter::Counter;
use contract::gift::Variant;
use contract::reservation::{
    ActorKind, ExchangeOffer, GiftName, Reservation, ReservationAction, ReservationEvent, ReservationEventKind,
    ReservationState,
};
use contract::staff::{MaskedMember, StaffReservation};
use contract::{Code, Instant};
use loyalty::reservation::{Action, Event, Rules, State};
use storage::Reader;
use uuid::Uuid;

use crate::phone;
use crate::problem::{Failure, Outcome};
use crate::routes::{counters, gifts};

/// Reservations with everything that is told of them.
pub struct Stories {
    gifts: HashMap<Uuid, storage::Gift>,
    counters: HashMap<Uuid, storage::Counter>,
    events: HashMap<Uuid, Vec<storage::ReservationEvent>>,
}

impl Stories {
    /// What is needed to tell of these. Of few, each gift and counter is looked up; of many, all of them at once.
    pub async fn of(reader: &mut Reader, reservations: &[&storage::Reservation]) -> Outcome<Self> {
        /// From here on, reading both lists whole is less work.
        const MANY: usize = 3;
        let ids: Vec<(Uuid, Uuid)> = reservations.iter().map(|of| (of.member, of.id)).collect();
        let events = if ids.is_empty() { HashMap::new() } else { reader.reservation_events(&ids).await? };
        let mut stories = Self { gifts: HashMap::new(), counters: HashMap::new(), events };
        if reservations.len() >= MANY {
            stories.gifts = reader.gifts().await?.into_iter().map(|gift| (gift.id, gift)).collect();
            stories.counters = reader.counters(None).await?.into_iter().map(|counter| (counter.id, counter)).collect();
            return Ok(stories);
        }
        for of in reservations {
            if !stories.gifts.contains_key(&of.gift)
                && let Some(gift) = reader.gift(of.gift).await?
            {
                stories.gifts.insert(gift.id, gift);
            }
            let told = stories.events.get(&of.id).into_iter().flatten().map(|event| event.counter);
            let needed: Vec<Uuid> = told.chain([of.counter]).collect();
            for id in needed {
                if !stories.counters.contains_key(&id)
                    && let Some(counter) = reader.counter(id).await?
                {
                    stories.counters.insert(id, counter);
                }
            }
        }
        Ok(stories)
    }

    fn gift(&self, of: &storage::Reservation) -> Outcome<&storage::Gift> {
        self.gifts.get(&of.gift).ok_or_else(|| Failure::internal("a reservation of no gift"))
    }

    /// Gift, variant and counter of a reservation.
    pub fn names(&self, of: &storage::Reservation, locale: Locale) -> Outcome<(GiftName, Variant, Counter)> {
        let gift = self.gift(of)?;
        let variant = gift.variant(of.variant).ok_or_else(|| Failure::internal("a reservation of no variant"))?;
        let counter = self.counters.get(&of.counter).ok_or_else(|| Failure::internal("a reservation at no counter"))?;
        Ok((gifts::name(gift, locale), gifts::variant(variant, locale), counters::describe(counter, None, locale)))
    }

    /// As the member sees it.
    pub fn member(
        &self,
        of: &storage::Reservation,
        rules: &Rules,
        locale: Locale,
        now: DateTime<Utc>,
    ) -> Outcome<Reservation> {
        let (gift, variant, counter) = self.names(of, locale)?;
        let state = of.progress.state_at(now);
        Ok(Reservation {
            id: of.id.to_string(),
            state: state_of(state),
            late: of.progress.is_late(now),
            gift,
            variant,
            counter,
            points_held: if state.is_open() || state == State::Collected { of.points } else { 0 },
            points: of.points,
            hold_until: Instant(of.progress.hold_until),
            ready_by: Instant(of.progress.ready_by),
            made_at: Instant(of.made_at),
            exchange: self.exchange(of, locale, now)?,
            history: self.history(of, locale)?,
            actions: of.progress.actions(rules, now).into_iter().map(action).collect(),
            as_of: Instant(now),
        })
    }

    /// As the staff sees it: never with its code.
    pub fn staff(
        &self,
        of: &storage::Reservation,
        member: MaskedMember,
        locale: Locale,
        now: DateTime<Utc>,
    ) -> Outcome<StaffReservation> {
        let (name, variant, counter) = self.names(of, locale)?;
        let gift = self.gift(of)?;
        let others = gift.variants.iter().filter(|other| other.id != of.variant);
        Ok(StaffReservation {
            id: of.id.to_string(),
            state: state_of(of.progress.state_at(now)),
            late: of.progress.is_late(now),
            member,
            gift: name,
            variant,
            others: others.map(|other| gifts::variant(other, locale)).collect(),
            counter,
            points: of.points,
            hold_until: Instant(of.progress.hold_until),
            ready_by: Instant(of.progress.ready_by),
            made_at: Instant(of.made_at),
            exchange: self.exchange(of, locale, now)?,
            history: self.history(of, locale)?,
            as_of: Instant(now),
        })
    }

    fn exchange(
        &self,
        of: &storage::Reservation,
        locale: Locale,
        now: DateTime<Utc>,
    ) -> Outcome<Option<ExchangeOffer>> {
        let (Some(until), Some(offer)) = (of.progress.offer_at(now), &of.offer) else { return Ok(None) };
        let variant = self.gift(of)?.variant(offer.variant);
        let variant = variant.ok_or_else(|| Failure::internal("an offer of no variant"))?;
        Ok(Some(ExchangeOffer {
            variant: gifts::variant(variant, locale),
            by: offer.by.clone(),
            until: Instant(until),
        }))
    }

    fn history(&self, of: &storage::Reservation, locale: Locale) -> Outcome<Vec<ReservationEvent>> {
        let gift = self.gift(of)?;
        let told = |event: &storage::ReservationEvent| {
            let note = match event.what {
                Event::Moved => self
                    .counters
                    .get(&event.counter)
                    .and_then(|counter| counter.text(locale.tag()))
                    .map(|text| text.name.clone()),
                Event::ExchangeOffered | Event::Exchanged | Event::ExchangeDeclined => {
                    gift.variant(event.variant).and_then(|variant| variant.label(locale.tag())).map(str::to_owned)
                }
                _ => event.note.clone(),
            };
            Ok(ReservationEvent {
                at: Instant(event.at),
                what: event_of(event.what),
                by: actor_of(&event.by_kind)?,
                name: event.by_name.clone(),
                note,
            })
        };
        self.events.get(&of.id).into_iter().flatten().map(told).collect()
    }
}

/// One of hers, as she sees it.
pub async fn for_member(
    reader: &mut Reader,
    of: &storage::Reservation,
    rules: &Rules,
    locale: Locale,
    now: DateTime<Utc>,
) -> Outcome<Reservation> {
    Stories::of(reader, &[of]).await?.member(of, rules, locale, now)
}

/// One of anybody's, as the staff sees it.
pub async fn for_staff(
    reader: &mut Reader,
    of: &storage::Reservation,
    locale: Locale,
    now: DateTime<Utc>,
) -> Outcome<StaffReservation> {
    let member = reader.member(of.member).await?.ok_or(Code::NotFound)?;
    Stories::of(reader, &[of]).await?.staff(of, masked(&member.name, &member.phone), locale, now)
}

/// What the counter needs to know of her: enough to greet her, too little to find her.
pub fn masked(name: &str, number: &str) -> MaskedMember {
    let name = name.chars().next().map(|first| format!("{first}*")).unwrap_or_default();
    MaskedMember { name, phone: if number.is_empty() { String::new() } else { phone::mask(number) } }
}

/// A state as it travels.
pub fn state_of(state: State) -> ReservationState {
    match state {
        State::Held => ReservationState::Held,
        State::Ready => ReservationState::Ready,
        State::Collected => ReservationState::Collected,
        State::Cancelled => ReservationState::Cancelled,
        State::Expired => ReservationState::Expired,
        State::Failed => ReservationState::Failed,
    }
}

fn event_of(event: Event) -> ReservationEventKind {
    match event {
        Event::Held => ReservationEventKind::Held,
        Event::Late => ReservationEventKind::Late,
        Event::Ready => ReservationEventKind::Ready,
        Event::Collected => ReservationEventKind::Collected,
        Event::Cancelled => ReservationEventKind::Cancelled,
        Event::Expired => ReservationEventKind::Expired,
        Event::Failed => ReservationEventKind::Failed,
        Event::Extended => ReservationEventKind::Extended,
        Event::Moved => ReservationEventKind::Moved,
        Event::ExchangeOffered => ReservationEventKind::ExchangeOffered,
        Event::Exchanged => ReservationEventKind::Exchanged,
        Event::ExchangeDeclined => ReservationEventKind::ExchangeDeclined,
    }
}

fn actor_of(kind: &str) -> Outcome<ActorKind> {
    match kind {
        "member" => Ok(ActorKind::Member),
        "staff" => Ok(ActorKind::Staff),
        "clock" => Ok(ActorKind::Clock),
        _ => Err(Failure::internal("an actor the contract does not know")),
    }
}

fn action(action: Action) -> ReservationAction {
    match action {
        Action::Cancel => ReservationAction::Cancel,
        Action::Extend => ReservationAction::Extend,
        Action::Move => ReservationAction::Move,
        Action::Pass => ReservationAction::Pass,
        Action::AnswerExchange => ReservationAction::AnswerExchange,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_member_can_be_greeted_and_not_found() {
        let masked = masked("林晓", "+8613800000001");
        assert_eq!((masked.name.as_str(), masked.phone.as_str()), ("林*", "+86 138****0001"));
        assert_eq!(super::masked("", ""), MaskedMember { name: String::new(), phone: String::new() });
    }

    #[test]
    fn states_and_events_are_called_on_the_wire_what_they_are_called_in_the_rules() {
        for state in State::ALL {
            assert_eq!(state_of(state).as_str(), state.as_str());
        }
        for event in Event::ALL {
            assert_eq!(serde_json::to_value(event_of(event)).unwrap(), event.as_str());
        }
    }
}
